import { eq } from 'drizzle-orm'
import { makePassword } from '#src/auth/passwords.ts'
import type { Actor } from '#src/auth/permissions.ts'
import { createConsumer } from '#src/consumers/service.ts'
import { locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { DEPOTS, type Depot, type Movement, makeYear } from '#src/demo/year.ts'
import { recordDelivery, recordUsage } from '#src/ledger/service.ts'
import { changeLocation } from '#src/locations/service.ts'
import { Rejected } from '#src/rejected.ts'
import { FROM_SHELL } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import { findAccount } from '#src/users/queries.ts'
import { createUser } from '#src/users/service.ts'

const PROGRESS_EVERY = 1_000
const ADMIN_EMAIL = 'hasan@contoh.test'

/**
 * Fills an empty database with a year of a believable ledger, booked by the services themselves, and an account of
 * each role; says their passwords. Does nothing the second time. Throws Rejected 409 where other books were begun.
 */
export async function addDemo(system: System, say: (line: string) => void): Promise<void> {
  if (await findAccount(system.db, ADMIN_EMAIL)) {
    return say(`Contoh sudah ada. Kata sandi baru: bin/user password ${ADMIN_EMAIL}`)
  }
  const [entry] = await system.db.select({ id: entries.id }).from(entries).limit(1)
  if (entry)
    throw new Rejected(
      409,
      '--demo hanya mengisi basis data yang masih kosong; di sini sudah ada catatan.',
    )
  const people = await addPeople(system, say)
  const now = system.now()
  for (const depot of DEPOTS) await equip(system, people.admin, depot)
  const movements = DEPOTS.flatMap((depot) => makeYear(depot, now, system.config.timezone))
  movements.sort((a, b) => a.at.getTime() - b.at.getTime())
  say(`Menyiapkan contoh: ${movements.length} catatan …`)
  for (const [index, movement] of movements.entries()) {
    await book(system, people, movement)
    if ((index + 1) % PROGRESS_EVERY === 0) say(`  ${index + 1} catatan`)
  }
}

type People = { admin: Actor; supervisor: Actor; clerks: Record<string, Actor> }

async function addPeople(system: System, say: (line: string) => void): Promise<People> {
  const add = async (
    email: string,
    name: string,
    role: Actor['role'],
    location: string | null,
  ): Promise<Actor> => {
    const password = makePassword({ name, email })
    const person = { email, name, role, location, password }
    const { user } = await createUser(system, { actor: null }, person)
    say(`Contoh ${role}: ${email}, kata sandi ${password}`)
    const [place] = location
      ? await system.db.select().from(locations).where(eq(locations.code, location))
      : []
    return { ...user, location: place ?? null }
  }
  return {
    admin: await add(ADMIN_EMAIL, 'Hasan Basri', 'admin', null),
    supervisor: await add('sri@contoh.test', 'Sri Wahyuni', 'supervisor', null),
    clerks: {
      GENSET: await add('rahmat@contoh.test', 'Rahmat Hidayat', 'operasional', 'GENSET'),
      TUG_ASSIST: await add('andi@contoh.test', 'Andi Pratama', 'operasional', 'TUG_ASSIST'),
    },
  }
}

async function equip(system: System, admin: Actor, depot: Depot): Promise<void> {
  const [location] = await system.db.select().from(locations).where(eq(locations.code, depot.code))
  if (!location) throw new Rejected(409, `Lokasi ${depot.code} tidak ada.`)
  const { capacityLitres, lowStockLitres } = depot
  await changeLocation(
    system,
    { actor: admin },
    {
      id: location.id,
      change: { capacityLitres, lowStockLitres },
    },
  )
  const { kind } = depot
  for (const name of depot.consumers) {
    const input = { name, kind, powerKilowatts: null, active: true }
    await createConsumer(system, { actor: admin }, { locationId: location.id, input })
  }
}

/** Each entry is booked a moment after it happened, so that even the time of booking looks like a year of work. */
function book(system: System, people: People, movement: Movement) {
  const { kind, at, location, litres, notes, reference, consumer } = movement
  const then = { ...system, now: () => new Date(at.getTime() + movement.bookedAfterMs) }
  const told = { location, occurredAt: at, notes, reference, consumer }
  const input = { ...told, amount: litres, request: FROM_SHELL, confirmUnusual: true }
  if (kind === 'usage')
    return recordUsage(then, people.clerks[location] ?? people.supervisor, input)
  return recordDelivery(then, people.supervisor, kind === 'opening' ? { ...input, kind } : input)
}
