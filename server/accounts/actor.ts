/** A signed-in account, as routes and sockets know it. */
import { type Session as ContractSession, session } from '../contract/accounts.ts';
import { capabilitiesOf, type Role, role } from '../contract/capabilities.ts';

export interface Actor {
  accountId: string;
  name: string;
  username: string;
  role: Role;
  sessionId: string;
  /** Milliseconds since 1970; moves on while the session is used. */
  expiresAt: number;
  /** Only the own session may be looked at and the password changed until this is false. */
  mustChangePassword: boolean;
}

interface UserRow {
  id: string;
  name: string;
  username?: string | null;
  role?: string | null;
  banned?: boolean | null;
  mustChangePassword?: boolean | null;
}

/** Nobody when the account is suspended or has no role that this version knows. */
export function actorOf(user: UserRow, live: { id: string; expiresAt: Date }): Actor | undefined {
  const known = role.safeParse(user.role);
  if (user.banned || !known.success) return undefined;
  return {
    accountId: user.id,
    name: user.name,
    username: user.username ?? '',
    role: known.data,
    sessionId: live.id,
    expiresAt: live.expiresAt.getTime(),
    mustChangePassword: user.mustChangePassword ?? false,
  };
}

export function sessionAnswer(actor: Actor): ContractSession {
  return session.parse({
    account: { id: actor.accountId, name: actor.name, username: actor.username, role: actor.role },
    capabilities: capabilitiesOf[actor.role],
    mustChangePassword: actor.mustChangePassword,
    expiresAt: actor.expiresAt,
  });
}
