import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

/**
 * Types into lynx what a person would, quits it, and returns all it showed meanwhile.
 * A key is a character or a name such as `<tab>` and `^J` (Enter). What changes is drawn over what stood there, so
 * that only a screen asked for by `WHOLE_SCREEN` can be read as it stands.
 */
export async function typeInLynx(url: string, keys: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bbm-lynx-'))
  const script = join(folder, 'keys.txt')
  writeFileSync(script, [...keys, 'Q', 'y'].map((key) => `key ${key}\n`).join(''))
  const settings = join(folder, 'lynx.cfg')
  writeFileSync(settings, SETTINGS)
  const flags = ['-accept_all_cookies', `-cfg=${settings}`, '-display_charset=utf-8']
  const lynx = spawn('lynx', [...flags, `-cmd_script=${script}`, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'vt100', HOME: folder, LANG: 'C.UTF-8' },
  })
  const ended = once(lynx, 'exit')
  const screen = await new Response(Readable.toWeb(lynx.stdout)).text()
  const [code] = await ended
  rmSync(folder, { recursive: true, force: true })
  if (code !== 0) throw new Error(`lynx ended with ${code}`)
  return stripVTControlCharacters(screen).replaceAll(SHIFT_IN, '').replace(/\s+/g, ' ')
}

/** Draws the screen again from the start. */
export const WHOLE_SCREEN = '^L'

/** A terminal of that kind changes its set of characters by this. */
const SHIFT_IN = '\u000f'

/** Without its pauses for a person to read what it is doing. */
const SETTINGS = 'INFOSECS:0\nMESSAGESECS:0\nALERTSECS:0\nCHARACTER_SET:utf-8\n'

/** The keys of a text in ASCII, one by one: others cannot be scripted. */
export const typed = (text: string): string[] =>
  [...text].map((character) => (character === ' ' ? '<space>' : character))

/** Goes on by so many links or fields. */
export const tabs = (count: number): string[] => Array.from({ length: count }, () => '<tab>')
