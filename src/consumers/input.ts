import { z } from 'zod'
import { consumers } from '#src/database/schema/locations.ts'
import { blankAsAbsent, ticked, typedRequestId, typedVersion } from '#src/http/input.ts'
import { nameOf } from '#src/locations/input.ts'

const MAX_KILOWATTS = 100_000
const WRONG_POWER = 'Daya dalam kW: angka bulat dari 1 sampai 100.000.'

const name = nameOf('genset atau kapal')
const kind = z
  .enum(consumers.kind.enumValues, 'Pilih genset atau kapal tunda.')
  .meta({ description: 'Genset atau kapal tunda.' })
const active = z.boolean('Isi true atau false.').meta({ description: 'Masih dipakai.' })
const power = z
  .number(WRONG_POWER)
  .int(WRONG_POWER)
  .min(1, WRONG_POWER)
  .max(MAX_KILOWATTS, WRONG_POWER)
  .meta({ description: 'Daya dalam kW.' })

/** What makes a genset or a tug, for the API. */
export const ConsumerInput = z
  .strictObject({ name, kind, power: power.nullable().default(null), active: active.default(true) })
  .meta({
    id: 'NewConsumer',
    description: 'Genset atau kapal yang hendak ditambahkan.',
    override: { examples: [{ name: 'Genset 1', kind: 'genset', power: 500 }] },
  })
  .transform(({ power: powerKilowatts, ...rest }) => ({ ...rest, powerKilowatts }))
export type ConsumerInput = z.output<typeof ConsumerInput>

/** What may be changed of one; what is left out stays as it is. */
export const ConsumerChange = z
  .strictObject({ name, kind, power: power.nullable(), active })
  .partial()
  .meta({
    id: 'ConsumerChange',
    description: 'Yang hendak diubah; yang tidak disebut tetap.',
    override: { examples: [{ active: false }] },
  })
  .transform(({ power: powerKilowatts, ...rest }) => ({ ...rest, powerKilowatts }))
export type ConsumerChange = { [Field in keyof ConsumerInput]?: ConsumerInput[Field] | undefined }

/** Whole kilowatts as a person types them, with or without dots between thousands. */
const typedPower = z
  .preprocess(
    blankAsAbsent,
    z
      .string()
      .trim()
      .regex(/^(\d{1,6}|\d{1,3}\.\d{3})$/, WRONG_POWER)
      .transform((text) => Number(text.replace('.', '')))
      .pipe(power)
      .optional(),
  )
  .transform((kilowatts) => kilowatts ?? null)

/** The row of a genset or a tug as a form sends it. */
export const TypedConsumer = z
  .object({
    name,
    kind,
    power: typedPower,
    active: ticked,
    version: typedVersion,
    requestId: typedRequestId,
  })
  .transform(({ power: powerKilowatts, version, requestId, ...rest }) => ({
    consumer: { ...rest, powerKilowatts },
    version,
    requestId,
  }))
