import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'

/** URL paths of the built files. Each name carries a hash of its content, so browsers may keep them forever. */
export type Assets = { script: string; chart: string; style: string; icon: string }

export const Manifest = z.object({
  inputs: z.string(),
  'app.js': z.string(),
  'chart.js': z.string(),
  'app.css': z.string(),
  'favicon.svg': z.string(),
})
export type Manifest = z.infer<typeof Manifest>

export const BUILD_FOLDER = new URL('../../public/build/', import.meta.url)
export const MANIFEST_FILE = new URL('manifest.json', BUILD_FOLDER)

/** Throws when nothing was built yet. */
export function readAssets(): Assets {
  const builtAt = statSync(MANIFEST_FILE).mtimeMs
  if (known?.builtAt !== builtAt) known = { builtAt, assets: read() }
  return known.assets
}

/** Every page names them, and they change only when they are built anew. */
let known: { builtAt: number; assets: Assets } | null = null

function read(): Assets {
  const manifest = Manifest.parse(JSON.parse(readFileSync(MANIFEST_FILE, 'utf8')))
  return {
    script: `/build/${manifest['app.js']}`,
    chart: `/build/${manifest['chart.js']}`,
    style: `/build/${manifest['app.css']}`,
    icon: `/build/${manifest['favicon.svg']}`,
  }
}
