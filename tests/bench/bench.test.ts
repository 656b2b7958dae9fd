import { expect, test } from 'bun:test'
import { engineName } from '#tests/support/engines.ts'
import { runTool } from '#tests/support/started.ts'

const LONG_ENOUGH = 120_000
const isHere = engineName() === 'mariadb'
if (!isHere)
  process.stdout.write('bin/bench brings its own MariaDB: it is tried on that engine only\n')

test.skipIf(!isHere)(
  'prints the import against LOAD DATA, each question against the bare server, and fails none of them',
  async () => {
    const words = ['--rows', '300', '--seconds', '1', '--rounds', '1', '--connections', '2']
    const { status, out: output } = await runTool('bench', {}, ...words)
    expect(status).toBe(0)
    expect(output).toMatch(/impor \d+ baris\/detik, LOAD DATA \d+, perbandingan \d/)
    expect(output).toMatch(/memori paling banyak: aplikasi \d+ MB/)
    const rows = output.split('\n').filter((line) => /(\s+\d+){1}(\s+\d+\.\d){3}\s+\d+/.test(line))
    expect(rows).toHaveLength(20)
    for (const row of rows) expect(row).toMatch(/(\s+\d+\.\d){3}\s+0(\s|p|$)/)
  },
  LONG_ENOUGH,
)

test('is told what is wrong with the call', async () => {
  expect((await runTool('bench', {}, '--rows', 'banyak')).status).toBe(2)
  expect((await runTool('bench', {}, '--help')).out).toContain('--huge')
})
