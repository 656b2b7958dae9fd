import { zValidator } from '@hono/zod-validator'
import type { Context } from 'hono'
import { z } from 'zod'
import { documented } from '#src/http/documented.ts'
import type { Env } from '#src/http/route.ts'
import { notFound, Rejected } from '#src/rejected.ts'
import type { WriteRequest } from '#src/requests.ts'
import { readTypedDay } from '#src/units/business-day.ts'

/** What a schema does not say itself, zod says in Indonesian. */
z.config(z.locales.id())

/** A filter sends every field it has; one that was left empty filters nothing. */
export const blankAsAbsent = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? undefined : value

/** A value that is not the request's own. Throws Rejected 422 with a sentence for each field at fault. */
export function parseInput<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Rejected(422, 'Ada isian yang perlu diperbaiki.', detailsOf(result.error))
}

/** A day as people type it, `23/11/2026` or as a picker sends it; an empty field is none. */
export const typedDay = z.preprocess(
  blankAsAbsent,
  z
    .string()
    .transform((value, context) => {
      const day = readTypedDay(value)
      if (day !== null) return day
      context.addIssue({ code: 'custom', message: 'Tulis tanggal yang ada, misalnya 23/11/2026.' })
      return z.NEVER
    })
    .optional(),
)

type Source = 'json' | 'form' | 'query'

/** The parsed and checked input of a request. Throws Rejected 422 with a sentence for each field at fault. */
export async function readInput<Schema extends z.ZodType>(
  c: Context<Env>,
  source: Source,
  schema: Schema,
): Promise<z.output<Schema>> {
  const validate = zValidator(source, schema, (result) => {
    if (!result.success)
      throw new Rejected(422, 'Ada isian yang perlu diperbaiki.', detailsOf(result.error))
  })
  await validate(c as Parameters<typeof validate>[0], async () => {})
  return c.req.valid(source as never) as z.output<Schema>
}

/** What a form or address carried, as it was typed: for showing a refused form again. */
export async function readTyped(c: Context<Env>): Promise<Record<string, string>> {
  const typed = c.req.method === 'GET' ? c.req.query() : await readForm(c)
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
}

/** The body of a JSON request. Throws Rejected 400 where it is not JSON, or not UTF-8: nothing is stored other than as sent. */
export async function readJson(c: Context<Env>): Promise<unknown> {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(await c.req.arrayBuffer())
    return await c.req.json()
  } catch {
    throw new Rejected(400, 'Isi permintaan bukan JSON.')
  }
}

/** The fields of a form. Throws Rejected 400 where they cannot be told apart. */
export async function readForm(c: Context<Env>): Promise<Record<string, unknown>> {
  try {
    return await c.req.parseBody()
  } catch {
    throw new Rejected(400, 'Isi formulir tidak terbaca. Muat ulang halaman, lalu kirim lagi.')
  }
}

/** A box of a form: what is not ticked is not sent. */
export const ticked = z.preprocess((value) => value === 'true', z.boolean())

/** Which content a form showed that changes a record. */
export const typedVersion = z.preprocess(blankAsAbsent, z.string().max(64).optional())

/** The key of a write: 1 to 100 visible ASCII characters, or none. */
export const requestId = documented(
  z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/, 'Kunci permintaan: 1 sampai 100 tanda ASCII tanpa spasi.')
    .nullish()
    .transform((value) => value ?? null),
  {
    type: 'string',
    pattern: '^[\\x21-\\x7e]{1,100}$',
    description:
      'Kunci permintaan ini, dipilih pengirimnya: yang terkirim dua kali dengan kunci dan isi yang sama dijalankan sekali.',
    examples: ['meter-1-2026-11-23T14:05'],
  },
)

/** The key that a form hides; a person can do nothing about one that was lost. */
export const typedRequestId = z.preprocess(blankAsAbsent, requestId)

/** A write of the API with its `Idempotency-Key`. Throws Rejected 422 where that is no key. */
export function readRequest(c: Context<Env>): WriteRequest {
  const key = requestId.safeParse(c.req.header('Idempotency-Key'))
  if (!key.success)
    throw new Rejected(422, 'Idempotency-Key: 1 sampai 100 tanda ASCII tanpa spasi.')
  return { id: key.data, endpoint: `${c.req.method} ${c.req.path}` }
}

/** The first sentence for each field; a fault of the whole input stands under "". */
function detailsOf(error: z.core.$ZodError): Record<string, string> {
  const details = new Map<string, string>()
  for (const issue of error.issues) {
    const isUnknown = issue.code === 'unrecognized_keys'
    const names = isUnknown
      ? issue.keys.map((key) => [...issue.path, key].join('.'))
      : [issue.path.join('.')]
    const sentence = isUnknown ? 'Isian ini tidak dikenal.' : sentenceOf(issue)
    for (const name of names) if (!details.has(name)) details.set(name, sentence)
  }
  return Object.fromEntries(details)
}

/** What zod itself says of a wrong shape speaks of types; people and programs are told what to send. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type' || !issue.message.startsWith('Input tidak valid'))
    return issue.message
  return issue.path.length === 0
    ? 'Kirim satu objek JSON.'
    : 'Isi satu nilai saja, dengan jenis yang benar.'
}

const RECORD_NUMBER = /^[1-9]\d{0,14}$/

/** The number of a record in the address. A word there names nothing: Rejected 404. */
export function readId(c: Context<Env>): number {
  const text = c.req.param('id') ?? ''
  if (!RECORD_NUMBER.test(text)) throw notFound()
  return Number(text)
}

/** The same in the path of a route of the API. */
export const RecordPath = z.object({
  id: documented(z.string().regex(RECORD_NUMBER).transform(Number), {
    type: 'integer',
    minimum: 1,
    description: 'Nomornya.',
    examples: [7],
  }),
})
