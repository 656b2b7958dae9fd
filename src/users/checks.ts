import { and, eq, ne } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { users } from '#src/database/schema/users.ts'
import { findWorkplace, type Workplace } from '#src/locations/workplace.ts'
import { Rejected } from '#src/rejected.ts'
import type { UserInput } from '#src/users/input.ts'
import type { UserView } from '#src/users/queries.ts'

export const EMAIL_TAKEN = 'Email ini sudah dipakai. Pakai email lain.'

/** Throws Rejected 409, at the field that would take the last one away, where nobody but this person is an active admin. */
export async function keepAnAdmin(tx: Db, id: number, field: 'role' | 'active'): Promise<void> {
  const [other] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.active, true), ne(users.id, id)))
    .limit(1)
  if (!other) {
    const sentence = 'Ini admin aktif yang terakhir. Jadikan orang lain admin lebih dulu.'
    throw new Rejected(409, sentence, { [field]: sentence })
  }
}

type Wanted = Pick<UserInput, 'email' | 'role' | 'location'> & { id?: number }

/**
 * What must be true of a person beside others and places, told all at once; answers the id of their location, which only
 * a clerk has. `before` is the person as they were. Throws Rejected 422 for a clerk without a location, an unknown one
 * and a clerk newly at one that is out of use, 409 where only the address is taken.
 */
export async function checkPerson(
  tx: Db,
  wanted: Wanted,
  before: UserView | null = null,
): Promise<number | null> {
  const taken = await findTaken(tx, wanted)
  const place = await findPlace(tx, wanted, before)
  if (!taken && 'id' in place) return place.id
  const details = {
    ...(taken && { email: taken }),
    ...('problem' in place && { location: place.problem }),
  }
  const [sentence = ''] = Object.values(details)
  throw new Rejected('problem' in place ? 422 : 409, sentence, details)
}

/** Says whose the address is; of the system's own accounts only that it is taken. */
async function findTaken(tx: Db, { id, email }: Wanted): Promise<string | null> {
  const [owner] = await tx
    .select({ id: users.id, name: users.name, builtIn: users.builtIn })
    .from(users)
    .where(eq(users.email, email))
  if (!owner || owner.id === id) return null
  return owner.builtIn ? EMAIL_TAKEN : `Email ini sudah dipakai ${owner.name}. Pakai email lain.`
}

type Place = Workplace | { id: null }

async function findPlace(
  tx: Db,
  { role, location }: Wanted,
  before: UserView | null,
): Promise<Place> {
  const isClerk = role === 'operasional'
  if (location === null) return isClerk ? { problem: 'Operasional harus punya lokasi.' } : NOWHERE
  // Who works there already goes on, and a slip of the pen is told even where the location is then dropped.
  const mayBeInactive = !isClerk || location === before?.location
  const place = await findWorkplace(tx, location, { mayBeInactive })
  return isClerk || 'problem' in place ? place : NOWHERE
}

const NOWHERE = { id: null }
