import { useKiosk } from '../context.ts';

/** Hours and minutes at the school. */
export function useClock(): (at: number) => string {
  const { flow } = useKiosk();
  const format = new Intl.DateTimeFormat(flow.language, {
    timeZone: flow.site?.school.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => format.format(at);
}
