import { z } from 'zod';

// As in the office's screens: zod's compiled parsers need `eval`, which the content security policy refuses.
z.config({ jitless: true });
await import('./start.tsx');
