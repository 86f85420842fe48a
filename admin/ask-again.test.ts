import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { askAgain } from './api.ts';

it('a first answer that was on its way when something happened is not taken for how it stands', async () => {
  const queries = new QueryClient();
  const answers: ((what: string) => void)[] = [];
  const observer = new QueryObserver(queries, {
    queryKey: ['visits.list', { query: { show: 'today' } }],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
  });
  const end = observer.subscribe(() => {});
  const asked = askAgain(['visits.list'], queries);
  answers[0]?.('before');
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.('after');
  await asked;
  expect(observer.getCurrentResult().data).toBe('after');
  end();
  queries.clear();
});
