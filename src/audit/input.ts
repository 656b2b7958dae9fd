import { z } from 'zod'
import { NOUNS } from '#src/audit/subjects.ts'
import { CURSOR } from '#src/audit/walk.ts'
import { blankAsAbsent, typedDay } from '#src/http/input.ts'

const FROM_LIST = 'Pilih dari daftar.'

/** The number of a person; `none` for what nobody who is known did. */
const user = z.preprocess(
  blankAsAbsent,
  z
    .string()
    .regex(/^([1-9]\d{0,8}|none)$/, FROM_LIST)
    .transform((text) => (text === 'none' ? null : Number(text)))
    .optional(),
)

/** Also one that the list does not offer: which there are grows with the application. */
const action = z.preprocess(
  blankAsAbsent,
  z
    .string()
    .regex(/^[a-z][a-z.-]{0,39}$/, FROM_LIST)
    .optional(),
)

const number = z.preprocess(
  blankAsAbsent,
  z
    .string()
    .trim()
    .regex(/^[1-9]\d{0,14}$/, 'Tulis nomornya dengan angka saja.')
    .transform(Number)
    .optional(),
)

/** Addresses are written down in small letters. */
const address = z.preprocess(
  blankAsAbsent,
  z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f.:]{2,45}$/, 'Tulis alamat lengkap, misalnya 192.168.1.20.')
    .optional(),
)

/** The row beside which a page begins. */
const cursor = z.preprocess(
  blankAsAbsent,
  z.string().regex(CURSOR, 'Halaman ini tidak dikenal.').optional(),
)

const common = {
  user,
  action,
  startDate: typedDay,
  endDate: typedDay,
  before: cursor,
  after: cursor,
}

type Days = { startDate?: string | undefined; endDate?: string | undefined }
const isInOrder = ({ startDate, endDate }: Days) => !startDate || !endDate || startDate <= endDate
const OUT_OF_ORDER = { path: ['endDate'], error: 'Tanggal akhir sebelum tanggal awal.' }

/** The filter of the changes, as it stands in the address. */
export const ChangeFilter = z
  .object({
    ...common,
    thing: z.preprocess(blankAsAbsent, z.enum(NOUNS, FROM_LIST).optional()),
    number,
    chain: z.preprocess(
      blankAsAbsent,
      z
        .string()
        .regex(/^(administration|location:[1-9]\d{0,8})$/, FROM_LIST)
        .optional(),
    ),
  })
  .refine(isInOrder, OUT_OF_ORDER)
  .refine(({ thing, number: given }) => given === undefined || thing !== undefined, {
    path: ['thing'],
    error: 'Pilih dulu apa yang bernomor ini.',
  })
export type ChangeFilter = z.output<typeof ChangeFilter>

/** The filter of sign-ins and refusals. */
export const AccessFilter = z.object({ ...common, address }).refine(isInOrder, OUT_OF_ORDER)
export type AccessFilter = z.output<typeof AccessFilter>
