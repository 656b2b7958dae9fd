import { z } from 'zod'
import type { ZodOpenApiResponseObject } from 'zod-openapi'
import type { ApiDeclaration } from '#src/http/api-route.ts'
import type { Route } from '#src/http/route.ts'
import type { RefusalStatus } from '#src/rejected.ts'

/** A refusal of the API, and that the database is away. */
type Refused = RefusalStatus | 503

export const RefusalAnswer = z
  .strictObject({
    error: z.string().meta({
      description: 'Apa yang salah, dalam kalimat.',
      examples: ['Ada isian yang perlu diperbaiki.'],
    }),
    details: z.record(z.string(), z.string()).meta({
      description: 'Satu kalimat untuk setiap isian yang salah, menurut namanya.',
      examples: [{ amount: 'Jumlah harus lebih dari 0.' }],
    }),
  })
  .meta({
    id: 'Refusal',
    description: 'Mengapa permintaan ditolak, dan apa yang harus diperbaiki.',
  })

const RetryAfter = z
  .string()
  .regex(/^\d+$/)
  .meta({ description: 'Coba lagi sesudah sekian detik.' })
const Challenge = z.string().meta({
  description: 'Bearer; dengan error="invalid_token" bila kunci yang dikirim tidak berlaku.',
})

type Told = { id: string; description: string; headers?: Record<string, z.ZodType> }

const TOLD: Record<Refused, Told> = {
  400: { id: 'BadRequest', description: 'Isi permintaan bukan JSON.' },
  401: {
    id: 'Unauthorized',
    description: 'Belum masuk, sesinya berakhir, atau kunci API tidak berlaku.',
    headers: { 'WWW-Authenticate': Challenge },
  },
  403: {
    id: 'Forbidden',
    description: 'Peran atau kunci ini tidak boleh, lokasi lain, atau datang dari situs lain.',
  },
  404: { id: 'NotFound', description: 'Tidak ada, atau tidak boleh diketahui.' },
  408: { id: 'TooSlow', description: 'Isi permintaan terlalu lama di jalan.' },
  409: {
    id: 'Conflict',
    description: 'Sudah dipakai atau sudah berubah; atau kuncinya dipakai untuk permintaan lain.',
  },
  413: { id: 'TooLarge', description: 'Isi permintaan lebih dari 1 MB.' },
  415: { id: 'UnsupportedType', description: 'Isi permintaan bukan application/json.' },
  422: { id: 'Invalid', description: 'Ada isian yang salah, atau aturan buku menolaknya.' },
  429: {
    id: 'TooMany',
    description: 'Terlalu banyak permintaan.',
    headers: { 'Retry-After': RetryAfter },
  },
  503: {
    id: 'Away',
    description:
      'Basis data tidak terjangkau. Sesudah permintaan yang mencatat: kirim lagi dengan Idempotency-Key yang sama.',
    headers: { 'Retry-After': RetryAfter },
  },
}

type RefusedRoute = Pick<Route, 'method'> & { api: ApiDeclaration }

/** How a route may refuse: what stands before every handler, what its input makes possible, and what it says itself. */
export function refusalsOf({ method, api }: RefusedRoute): Refused[] {
  const isWrite = method !== 'GET'
  // Also where anyone may: a key that is worth nothing is 401 everywhere, a good one 403 where there is a session to begin.
  const found = new Set<Refused>([401, 403, 503, ...(api.refusals ?? [])])
  if (api.path) found.add(404)
  if (api.path || api.query || api.json || api.isKeyed) found.add(422)
  if (isWrite) found.add(408).add(413).add(415).add(429)
  if (isWrite && method !== 'DELETE') found.add(400)
  if (api.isKeyed) found.add(409)
  return [...found].sort((a, b) => a - b)
}

/** What each of them answers; the same object for every route, so that the document holds it once. */
export const REFUSALS = Object.fromEntries(
  Object.entries(TOLD).map(([status, { id, description, headers }]) => [
    status,
    {
      id,
      description,
      ...(headers && { headers: z.object(headers) }),
      content: { 'application/json': { schema: RefusalAnswer } },
    } satisfies ZodOpenApiResponseObject,
  ]),
)
