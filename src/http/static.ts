import type { Handler } from 'hono'
import { BUILD_FOLDER } from '#src/assets/manifest.ts'
import type { Env } from '#src/http/route.ts'
import { notFound } from '#src/rejected.ts'

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** Serves a built file, whose name changes with its content. In production nginx does this. */
export const sendAsset: Handler<Env> = async (c) => {
  const name = c.req.param('file') ?? ''
  const type = TYPES[name.split('.').pop() ?? '']
  if (!type || !/^[a-z0-9]+-[A-Za-z0-9]+\.[a-z]+$/.test(name)) throw notFound()
  const isGzip = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '')
  const packed = Bun.file(new URL(`${name}.gz`, BUILD_FOLDER))
  const isPacked = isGzip && (await packed.exists())
  const file = isPacked ? packed : Bun.file(new URL(name, BUILD_FOLDER))
  if (!(await file.exists())) throw notFound()
  if (isPacked) c.header('Content-Encoding', 'gzip')
  c.header('Vary', 'Accept-Encoding')
  c.header('Content-Type', type)
  c.header('Cache-Control', 'public, max-age=31536000, immutable')
  return c.body(await file.arrayBuffer())
}
