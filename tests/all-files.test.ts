import { expect, test } from 'bun:test'
import { globSync } from 'node:fs'

/** Programs, which run when they are loaded. */
const PROGRAM = /^src\/(?:server|assets\/build|[a-z-]+\/(?:[a-z-]+-)?command)\.ts$/

const files = globSync('{src,views}/**/*.{ts,tsx}').filter((file) => !PROGRAM.test(file))

/** A file that no test loads is missing from the figures of coverage instead of standing there as a hole. */
test.each(files.sort())('%s can be loaded by itself', async (file) => {
  expect(await import(`../${file}`)).toBeObject()
})
