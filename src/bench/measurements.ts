import { SUPERVISOR } from '#src/bench/books.ts'
import { type Drive, drive, type Figures, type Target } from '#src/bench/drive.ts'

/** Floor and app take turns so many rounds, so that a busy minute of the machine meets both. */
export type Load = Drive & { rounds: number }

const MANY = 200
/** Requests a second of 200 people at work: twice what the plan before this one promised, and more. */
const OFFERED = [400, 500]
const REST_MS = 3_000
const WARM_UP_SECONDS = 1
const JSON_TYPE = { 'Content-Type': 'application/json' }

/** Writes are shared out among so many sessions: each may send twenty a second, and no more. */
const WRITERS = 100

type Asked = Omit<Target, 'url'>
type Pair = { name: string; app: Asked; floor: Asked }

const usageAt = (location: string): Asked => ({
  path: '/api/stock/out',
  method: 'POST',
  headers: JSON_TYPE,
  body: JSON.stringify({ location, amount: '0.01' }),
})

/** Each question as the app answers it, and as the floor does. */
const PAIRS: Pair[] = [
  { name: 'riwayat, halaman 1', app: { path: '/history' }, floor: { path: '/history' } },
  { name: 'beranda', app: { path: '/' }, floor: { path: '/' } },
  { name: 'tren 12 bulan', app: { path: '/api/stock/trend?days=365' }, floor: { path: '/charts' } },
  {
    name: 'pemakaian (POST)',
    app: usageAt('GENSET'),
    floor: { ...usageAt('GENSET'), path: '/usage' },
  },
]

/**
 * Pages that differ from request to request, so that nothing of them is remembered; compared with the first of them.
 * `pages` is how many of them the walk goes through in even steps, of books of so many rows: never more than there are.
 */
type Walk = { name: string; path: string; pages?: (rows: number) => number }
const WALKS: Walk[] = [
  { name: 'riwayat, halaman 1', path: '/history?' },
  {
    name: 'satu lokasi, keluar, semua halaman',
    path: '/history?location=GENSET&type=OUT',
    pages: (rows) => rows / 50,
  },
  {
    name: 'dari 2024, semua halaman',
    path: '/history?startDate=2024-01-01',
    pages: (rows) => rows / 100,
  },
  { name: 'liter, halaman 1–500', path: '/history?sort=-amount', pages: upTo500 },
  { name: 'penerimaan, halaman 1–500', path: '/history?kind=delivery', pages: upTo500 },
  { name: 'kata yang sering (sepertiga)', path: '/history?search=genset' },
  { name: 'kata yang jarang', path: '/history?search=L1-00000001' },
  { name: 'beranda', path: '/?' },
  { name: 'grafik 12 bulan', path: '/charts?startDate=2025-01-01&endDate=2025-12-31' },
]

/** One entry in fourteen is a delivery. */
function upTo500(rows: number): number {
  return Math.min(500, rows / 20 / 15)
}
/** More than one run asks for: no address comes twice. */
const WALKED = 4000
const STEPS = 200

type Sides = {
  rows: number
  app: string
  floor: string
  /** Of the session that reads. */
  cookie: string
  /** Opens so many sessions more, and answers the cookie of each. */
  openSessions: (count: number) => Promise<string[]>
  load: Load
  print: (line: string) => void
}

/** What each page of the walk costs, in milliseconds: half of its answers came sooner. */
export type Walked = Map<string, number>

/** Drives app and floor in turn, and prints each with the ratio of what they answer in a second. */
export async function compare(sides: Sides): Promise<Walked> {
  const { rows, app, floor, cookie, load, print } = sides
  const asApp = (target: Asked, session = cookie): Target => ({
    ...target,
    url: app,
    headers: { ...target.headers, Cookie: session },
  })
  const walked = await walk(asApp, { rows, load, print })
  const writers = await sides.openSessions(WRITERS)
  const asWriters = (target: Asked) => writers.map((session) => asApp(target, session))
  print(row(['', ...HEADS, 'banding']))
  for (const pair of PAIRS) {
    const asked = pair.app.method === 'POST' ? asWriters(pair.app) : [asApp(pair.app)]
    const [ours, bare] = await inTurn(asked, [{ ...pair.floor, url: floor }], load)
    print(row([pair.name, ...figuresOf(ours), (ours.perSecond / bare.perSecond).toFixed(2)]))
    print(row(['  server polos', ...figuresOf(bare), '']))
  }
  const read = PAIRS.slice(0, 3).map(({ app: target }) => asApp(target))
  const reads = [...read, asApp({ path: '/history?type=OUT' })]
  const targets = writers.flatMap((session, at) => [
    ...reads,
    asApp(usageAt(at % 2 === 0 ? 'GENSET' : 'TUG_ASSIST'), session),
  ])
  for (const overallRate of [undefined, ...OFFERED]) {
    // What the run before left half done is finished first.
    await Bun.sleep(REST_MS)
    const figures = await drive(targets, { ...load, connections: MANY, overallRate })
    const spread = (figures.p99 / figures.p50).toFixed(1)
    const name = overallRate
      ? `${MANY} sambungan, ${overallRate} per detik`
      : `${MANY} sambungan, penuh`
    print(row([name, ...figuresOf(figures), `p99/p50 ${spread}`]))
  }
  return walked
}

/** Prints how many times the smallest books' cost each page takes of larger ones. */
export function compareSizes(sizes: { name: string; walked: Walked }[], print: Sides['print']) {
  const [smallest, ...larger] = sizes
  if (!smallest || larger.length === 0) return
  print(row([`\nkali ${smallest.name} catatan`, ...larger.map(({ name }) => name)]))
  for (const [name, base] of smallest.walked) {
    const times = larger.map(({ walked }) => ((walked.get(name) ?? Number.NaN) / base).toFixed(2))
    print(row([name, ...times]))
  }
}

/** One connection asks page after page: what each costs in its better round, beside the first page of the history. */
async function walk(
  asApp: (target: Asked) => Target,
  { rows, load, print }: Pick<Sides, 'rows' | 'load' | 'print'>,
): Promise<Walked> {
  print(row(['satu sambungan', ...HEADS, 'kali hal. 1']))
  const best = new Map<string, Figures>()
  for (let round = 0; round < load.rounds; round++) {
    for (const { name, path, pages } of WALKS) {
      const targets = Array.from({ length: WALKED }, (_, at) => {
        const page = pages ? `&page=${1 + Math.floor((pages(rows) * (at % STEPS)) / STEPS)}` : ''
        return asApp({ path: `${path}${page}&x=${at}` })
      })
      // The first time code is compiled and the pages of the database are read from the disk.
      await drive(targets, { connections: 1, seconds: WARM_UP_SECONDS })
      const figures = await drive(targets, { ...load, connections: 1 })
      const known = best.get(name)
      if (!known || figures.p50 < known.p50) best.set(name, figures)
    }
  }
  const walked: Walked = new Map()
  for (const [name, figures] of best) {
    walked.set(name, figures.p50)
    const [first = Number.NaN] = walked.values()
    print(row([name, ...figuresOf(figures), (figures.p50 / first).toFixed(2)]))
  }
  return walked
}

const HEADS = ['per detik', 'p50 ms', 'p95 ms', 'p99 ms', 'gagal']

/** The better round of each: what the other programs of the machine took away is nobody's merit. */
async function inTurn(ours: Target[], bare: Target[], load: Load): Promise<[Figures, Figures]> {
  const rounds: [Figures, Figures][] = []
  for (const side of [ours, bare]) await drive(side, { ...load, seconds: WARM_UP_SECONDS })
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
