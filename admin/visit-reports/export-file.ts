/** A file is asked for, counted while it comes, and handed to the browser. */
import { ApiError, createClient } from '../../server/contract/client.ts';
import type { RouteCall } from '../../server/contract/route.ts';
import type { Routes } from '../../server/contract/routes.ts';

/** Throws ApiError, `offline` too when it breaks off in the midst. */
export async function fetchFile(
  call: RouteCall<Routes['visits.export']>,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Promise<Blob> {
  const ask = createClient('', async (input, init) =>
    counted(await fetch(input, { ...init, signal }), onBytes),
  );
  try {
    return await ask('visits.export', call);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(undefined, 'the file broke off');
  }
}

function counted(response: Response, onBytes: (bytes: number) => void): Response {
  if (!response.ok || !response.body) return response;
  let bytes = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      onBytes(bytes);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counting), response);
}

export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
