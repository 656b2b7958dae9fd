import type { Context } from 'hono'
import type { z } from 'zod'
import type { Permission } from '#src/auth/permissions.ts'
import { byWhom } from '#src/http/actor.ts'
import { readInput } from '#src/http/input.ts'
import { type Env, type Route, route } from '#src/http/route.ts'
import { notFound, type RefusalStatus } from '#src/rejected.ts'

/** The chapters of the API. */
export const TAGS = {
  Stok: 'Sisa, riwayat dan pencatatan bahan bakar.',
  Laporan: 'Angka satu bulan.',
  Pengguna: 'Orang-orang yang dapat masuk.',
  Lokasi: 'Tempat stok disimpan.',
  Pengaturan: 'Yang ditetapkan perusahaan.',
  'Kunci API': 'Kunci untuk program.',
  Sesi: 'Masuk dan keluar dengan kata sandi, untuk orang.',
  Dokumentasi: 'API ini sendiri.',
} as const
export type Tag = keyof typeof TAGS

/** A schema, or one that the company's time zone shapes. */
export type Declared = z.ZodType | ((zone: string) => z.ZodType)

/** What an answer holds: JSON of this schema, or a file of one of these types. */
export type Answer = { description: string } & (
  | { schema: z.ZodType }
  | { files: readonly string[] }
)

/** What is known of a route of the API: its handler reads by it, and the document is made of it. */
export type ApiDeclaration = {
  /** How a program calls it that is written by machine. */
  operationId: string
  tag: Tag
  summary: string
  description?: string
  /** What stands in the path; an address that does not fit names nothing. */
  path?: z.ZodObject
  query?: z.ZodObject
  json?: Declared
  /** A write that is carried out once under its Idempotency-Key. */
  isKeyed?: true
  answers: Readonly<Record<number, Answer>>
  /** How it refuses beyond what follows from the rest of this. */
  refusals?: readonly RefusalStatus[]
}

type Read<Schema> = Schema extends (zone: string) => infer Built
  ? Read<Built>
  : Schema extends z.ZodType
    ? z.output<Schema>
    : undefined

/** What a request carried, parsed by the schemas of its route. */
export type ApiInput<Api extends ApiDeclaration> = {
  path: Read<Api['path']>
  query: Read<Api['query']>
  json: Read<Api['json']>
  /** Who writes, and under which key. */
  by: Api['isKeyed'] extends true ? ReturnType<typeof byWhom> : undefined
}

/**
 * A route of the API. Its handler gets what the declared schemas made of the request, so that what is documented and
 * what is checked cannot differ. Throws Rejected 404 where the path names nothing, 422 where the rest does not fit.
 */
export function apiRoute<const Api extends ApiDeclaration>(
  method: Route['method'],
  path: string,
  permission: Permission,
  api: Api,
  handler: (c: Context<Env>, input: ApiInput<Api>) => Response | Promise<Response>,
  options: Pick<Route, 'allowsGivenPassword'> = {},
): Route {
  const read = async (c: Context<Env>) => handler(c, await readApiInput(c, api))
  return { ...route(method, path, permission, read, options), api }
}

/** The schema for books in this zone. */
export const schemaIn = (declared: Declared, zone: string): z.ZodType =>
  typeof declared === 'function' ? declared(zone) : declared

async function readApiInput<Api extends ApiDeclaration>(
  c: Context<Env>,
  { path, query, json, isKeyed }: Api,
): Promise<ApiInput<Api>> {
  const { timezone } = c.get('system').config
  const input = {
    path: path && readPath(c, path),
    query: query && (await readInput(c, 'query', query)),
    json: json && (await readInput(c, 'json', schemaIn(json, timezone))),
    by: isKeyed && byWhom(c),
  }
  return input as ApiInput<Api>
}

function readPath(c: Context<Env>, schema: z.ZodType): unknown {
  const read = schema.safeParse(c.req.param())
  if (!read.success) throw notFound()
  return read.data
}
