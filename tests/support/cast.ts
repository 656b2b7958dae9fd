import type { Role } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'

export const PASSWORD = 'solar-untuk-genset'

/** Of the password above; cheap on purpose, since comparing takes the cost that the hash itself names. */
const PASSWORD_HASH = '$2b$04$om.iF8OM4IMkmacXBrskz.9IZUomPQiqgJwtWNcjJRxpKeRnU21PG'

type Person = { email: string; name: string; role: Role; location: string | null; active: boolean }

/** Who works at the depot of the tests. */
export const CAST = {
  sari: person('Sari Wulandari', 'operasional', 'GENSET'),
  budi: person('Budi Santoso', 'operasional', 'TUG_ASSIST'),
  wati: person('Wati Lestari', 'supervisor', null),
  agus: person('Agus Pratama', 'admin', null),
  dewi: { ...person('Dewi Anggraini', 'operasional', 'GENSET'), active: false },
} as const satisfies Record<string, Person>

export type Name = keyof typeof CAST

/** Gives everybody of the cast an account; answers their ids. */
export async function hire(db: Db, at: Date): Promise<Record<Name, number>> {
  const places = new Map((await db.select().from(locations)).map(({ code, id }) => [code, id]))
  const add = async (who: Person): Promise<number> => {
    const { location, ...account } = who
    const locationId = location === null ? null : (places.get(location) ?? null)
    const [result] = await db
      .insert(users)
      .values({ ...account, locationId, passwordHash: PASSWORD_HASH, createdAt: at })
    return result.insertId
  }
  return {
    sari: await add(CAST.sari),
    budi: await add(CAST.budi),
    wati: await add(CAST.wati),
    agus: await add(CAST.agus),
    dewi: await add(CAST.dewi),
  }
}

function person(name: string, role: Role, location: string | null): Person {
  const [first = ''] = name.toLowerCase().split(' ')
  return { email: `${first}@depo.example`, name, role, location, active: true }
}
