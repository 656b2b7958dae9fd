import { z } from 'zod'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, shapeProblem } from '#src/auth/password-rules.ts'
import { ROLES } from '#src/database/schema/users.ts'
import { blankAsAbsent, ticked, typedRequestId, typedVersion } from '#src/http/input.ts'
import { LOCATION_CODE } from '#src/locations/code.ts'

const email = z
  .string('Isi email.')
  .trim()
  .toLowerCase()
  .max(254, 'Email terlalu panjang.')
  .pipe(z.email('Email ini tidak lengkap.'))
  .meta({
    description: 'Email, untuk masuk.',
    override: { examples: ['sari@depo.example'] },
  })

const name = z
  .string('Isi nama.')
  .trim()
  .min(1, 'Isi nama.')
  .max(100, 'Nama paling banyak 100 huruf.')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Nama memuat tanda yang tidak bisa disimpan.')
  .meta({
    description: 'Nama, seperti tampil sebagai pencatat.',
    override: { examples: ['Sari Wulandari'] },
  })

const role = z
  .enum(ROLES, 'Peran: admin, supervisor, atau operasional.')
  .meta({ description: 'Peran.' })

/** The code of a clerk's location; null for everybody else. */
const location = z
  .string('Isi kode lokasi.')
  .min(1, 'Isi kode lokasi.')
  .regex(LOCATION_CODE, 'Lokasi tidak dikenal.')
  .nullable()
  .meta({
    description: 'Kode lokasi petugas operasional; null untuk yang lain.',
    override: { examples: ['GENSET'] },
  })

/** Its shape. Whether others would guess it hangs on whose it is, which the service knows. */
export const newPassword = z
  .string('Isi kata sandi.')
  .superRefine((password, context) => {
    const problem = shapeProblem(password)
    if (problem !== null) context.addIssue(problem)
  })
  .meta({
    minLength: MIN_PASSWORD_LENGTH,
    maxLength: MAX_PASSWORD_LENGTH,
    description: 'Kata sandi, paling banyak 72 byte; yang mudah ditebak ditolak.',
    format: 'password',
  })

export const UserInput = z
  .strictObject({ email, name, role, location: location.default(null), password: newPassword })
  .meta({
    id: 'NewUser',
    description: 'Pengguna yang hendak ditambahkan.',
    override: {
      examples: [
        {
          email: 'sari@depo.example',
          name: 'Sari Wulandari',
          role: 'operasional',
          location: 'GENSET',
          password: 'empat kata yang mudah',
        },
      ],
    },
  })
export type UserInput = z.output<typeof UserInput>

export const UserChange = z
  .strictObject({
    email,
    name,
    role,
    location,
    password: newPassword,
    active: z.boolean('Isi true atau false.').meta({ description: 'Boleh masuk.' }),
  })
  .partial()
  .meta({
    id: 'UserChange',
    description: 'Yang hendak diubah; yang tidak disebut tetap.',
    override: { examples: [{ role: 'supervisor', location: null }] },
  })
export type UserChange = { [Field in keyof UserInput]?: UserInput[Field] | undefined } & {
  active?: boolean | undefined
}

/** The row of a person as a form sends it. */
export const TypedUser = z.object({
  email,
  name,
  role,
  location: z
    .preprocess(
      blankAsAbsent,
      z.string().regex(LOCATION_CODE, 'Pilih lokasi dari daftar.').optional(),
    )
    .transform((code) => code ?? null),
  active: ticked,
  version: typedVersion,
  requestId: typedRequestId,
})

/** The same of somebody new, who is active and gets a password of the system's. */
export const TypedNewUser = TypedUser.omit({ active: true, version: true })

export const USER_SORTS = ['name', '-name', 'lastSignIn', '-lastSignIn'] as const

/** The filter of `/users` as it stands in the address. */
export const UsersFilter = z.object({
  search: z.preprocess(
    blankAsAbsent,
    z.string().trim().max(100, 'Paling banyak 100 huruf.').optional(),
  ),
  active: z.preprocess(blankAsAbsent, z.enum(['yes', 'no'], 'Pilih dari daftar.').optional()),
  sort: z.preprocess(blankAsAbsent, z.enum(USER_SORTS, 'Pilih dari daftar.').default('name')),
  page: z.preprocess(
    blankAsAbsent,
    z
      .string()
      .regex(/^[1-9]\d{0,5}$/, 'Halaman ini tidak dikenal.')
      .default('1')
      .transform(Number),
  ),
})
export type UsersFilter = z.output<typeof UsersFilter>

/** A form that makes a password of four words. */
export const NewWords = z.object({ requestId: typedRequestId })

/** A form that ends a session by its id, or "all" of them. */
export const SessionEnd = z.object({
  session: z.string('Pilih sesi.').regex(/^(all|[0-9a-f]{32})$/, 'Pilih sesi dari daftar.'),
  requestId: typedRequestId,
})

/** Their length is capped; what is wrong with them is not said. */
const credentials = {
  email: z.string('Isi email.').trim().toLowerCase().max(254).meta({ description: 'Email.' }),
  password: z
    .string('Isi kata sandi.')
    .max(1000)
    .meta({ description: 'Kata sandi.', format: 'password' }),
}

/** What the sign-in form carries, beside what it hides. */
export const Credentials = z.object(credentials)

/** What `POST /api/auth/login` carries, and nothing else. */
export const SignInInput = z.strictObject(credentials).meta({
  id: 'Credentials',
  description: 'Dengan apa orang masuk.',
  override: { examples: [{ email: 'sari@depo.example', password: 'empat kata yang mudah' }] },
})
