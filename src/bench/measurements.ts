import { SUPERVISOR } from '#src/bench/books.ts'
import { type Drive, drive, type Figures, type Target } from '#src/bench/drive.ts'

/** Floor and app take turns so many rounds, so that a busy minute of the machine meets both. */
export type Load = Drive & { rounds: number }

const MANY = 200
const JSON_TYPE = { 'Content-Type': 'application/json' }

type Pair = { name: string; app: Omit<Target, 'url'>; floor: Omit<Target, 'url'> }

const USAGE = JSON.stringify({ location: 'GENSET', amount: '0.01' })

/** Each question as the app answers it, and as the floor does. */
const PAIRS: Pair[] = [
  { name: 'riwayat, halaman 1', app: { path: '/history' }, floor: { path: '/history' } },
  {
    name: 'riwayat, satu bulan satu lokasi',
    app: { path: '/history?startDate=2025-06-01&endDate=2025-06-30&location=GENSET&type=OUT' },
    floor: { path: '/history' },
  },
  { name: 'beranda', app: { path: '/' }, floor: { path: '/' } },
  { name: 'tren 12 bulan', app: { path: '/api/stock/trend?days=365' }, floor: { path: '/charts' } },
  {
    name: 'pemakaian (POST)',
    app: { path: '/api/stock/out', method: 'POST', headers: JSON_TYPE, body: USAGE },
    floor: { path: '/usage', method: 'POST', headers: JSON_TYPE, body: USAGE },
  },
]

type Sides = {
  app: string
  floor: string
  cookie: string
  load: Load
  print: (line: string) => void
}

/** Drives app and floor in turn, and prints each with the ratio of what they answer in a second. */
export async function compare({ app, floor, cookie, load, print }: Sides): Promise<void> {
  const asApp = (target: Omit<Target, 'url'>): Target => ({
    ...target,
    url: app,
    headers: { ...target.headers, Cookie: cookie },
  })
  print(row(['', 'per detik', 'p50 ms', 'p95 ms', 'p99 ms', 'gagal', 'banding']))
  for (const pair of PAIRS) {
    const [ours, bare] = await inTurn([asApp(pair.app)], [{ ...pair.floor, url: floor }], load)
    print(row([pair.name, ...figuresOf(ours), (ours.perSecond / bare.perSecond).toFixed(2)]))
    print(row(['  server polos', ...figuresOf(bare), '']))
  }
  const read = PAIRS.slice(0, 4).map(({ app: target }) => asApp(target))
  const writes = PAIRS.slice(4).map(({ app: target }) => asApp(target))
  const mixed = await drive([...read, ...writes], { ...load, connections: MANY })
  const spread = (mixed.p99 / mixed.p50).toFixed(1)
  print(row([`${MANY} sambungan, 80 % baca`, ...figuresOf(mixed), `p99/p50 ${spread}`]))
}

/** The better round of each: what the other programs of the machine took away is nobody's merit. */
async function inTurn(ours: Target[], bare: Target[], load: Load): Promise<[Figures, Figures]> {
  const rounds: [Figures, Figures][] = []
  for (let round = 0; round < load.rounds; round++)
    rounds.push([await drive(ours, load), await drive(bare, load)])
  const best = (side: 0 | 1) =>
    rounds.map((round) => round[side]).reduce((a, b) => (a.perSecond >= b.perSecond ? a : b))
  return [best(0), best(1)]
}

const figuresOf = ({ perSecond, p50, p95, p99, failures }: Figures): string[] => [
  perSecond.toFixed(0),
  p50.toFixed(1),
  p95.toFixed(1),
  p99.toFixed(1),
  String(failures),
]

const row = ([name = '', ...cells]: string[]): string =>
  name.padEnd(34) + cells.map((cell) => cell.padStart(11)).join('')

/** The cookies of a supervisor who has signed in. Throws an Error where the app does not let them in. */
export async function signIn(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/login`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify(SUPERVISOR),
  })
  if (!response.ok) throw new Error(`sign-in: ${response.status}`)
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
