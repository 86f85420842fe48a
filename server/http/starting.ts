/** What is answered between the moment the port is ours and the moment the store is open. */
import type { RequestListener } from 'node:http';
import { RequestError } from '../errors.ts';
import { problemOf } from './problems.ts';

export const starting: RequestListener = (_request, response) => {
  const problem = problemOf(
    new RequestError('store-unavailable', 'The server is starting. Try again in a moment.'),
  );
  response
    .writeHead(problem.status, { 'content-type': 'application/problem+json', 'retry-after': '1' })
    .end(JSON.stringify(problem));
};
