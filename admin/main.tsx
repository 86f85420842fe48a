import { z } from 'zod';

// zod's compiled parsers need `eval`, which the server's content security policy refuses; to be said before the
// contract makes its first schema, which is why all the rest is loaded after it.
z.config({ jitless: true });
await import('./start.tsx');
