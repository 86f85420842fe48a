import { App } from 'antd';
import { useProblemText } from '../api.ts';

/** A sentence that says what to do takes longer to read than "saved". */
const seconds = 8;

/** Tells at the top of the page what went wrong. */
export function useTellProblem(): (error: unknown) => void {
  const { message } = App.useApp();
  const text = useProblemText();
  return (error) => void message.error(text(error), seconds);
}
