import { z } from 'zod'
import { ROLES } from '#src/database/schema/users.ts'
import { locationCode, recordNumber, words } from '#src/http/answers.ts'

const person = {
  id: recordNumber('Nomor pengguna.'),
  email: words('Email.', 'sari@depo.example'),
  name: words('Nama.', 'Sari Wulandari'),
  role: z.enum(ROLES).meta({ description: 'Peran.' }),
  location: locationCode('Lokasi petugas operasional; null untuk yang lain.').nullable(),
}

export const UserAnswer = z
  .strictObject({ ...person, active: z.boolean().meta({ description: 'Boleh masuk.' }) })
  .meta({ id: 'User', description: 'Seorang pengguna.' })

/** Who is signed in. */
export const SignedInAnswer = z
  .strictObject({ user: z.strictObject(person) })
  .meta({ id: 'SignedIn', description: 'Siapa yang masuk.' })
