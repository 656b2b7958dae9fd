import { type Drive, drive } from '#src/bench/drive.ts'

type Asked = {
  origin: string
  cookie: string
  print: (line: string) => void
  /** What the app has taken of memory at most until now. */
  peakMegabytes: () => number
}

type Download = { seconds: number; firstByteMs: number; megabytes: number }

const FORMATS = ['csv', 'xlsx'] as const
/** Other people of the same process, a few at a time. */
const OTHERS: Drive = { connections: 4, seconds: 3 }

/** Takes all rows out in each format, and prints what that costs and what it costs those who read a page meanwhile. */
export async function measureExports({ origin, cookie, print, peakMegabytes }: Asked) {
  const page = { url: origin, path: '/history', headers: { Cookie: cookie } }
  const readPages = async () => (await drive([page], OTHERS)).p95
  await readPages()
  for (const format of FORMATS) {
    const idle = await readPages()
    const coming = download(`${origin}/api/stock/export?format=${format}`, cookie)
    const during = await until(coming, readPages)
    const { seconds, firstByteMs, megabytes } = await coming
    print(
      [
        `ekspor ${format}: ${seconds.toFixed(1)} detik`,
        `byte pertama ${firstByteMs.toFixed(0)} ms`,
        `${megabytes.toFixed(1)} MB`,
        `p95 riwayat ${idle.toFixed(1)} ms, selama ekspor ${during.toFixed(1)} ms (${(during / idle).toFixed(1)} kali)`,
        `memori paling banyak ${peakMegabytes()} MB`,
      ].join(', '),
    )
  }
}

/** The middle one of the figures taken until something has ended. The last one, partly taken after it, counts only alone. */
async function until(end: Promise<unknown>, measure: () => Promise<number>): Promise<number> {
  let hasEnded = false
  const noted = end.finally(() => {
    hasEnded = true
  })
  const figures: number[] = []
  while (!hasEnded) figures.push(await measure())
  await noted
  const whole = figures.length > 1 ? figures.slice(0, -1) : figures
  return whole.sort((a, b) => a - b)[Math.floor(whole.length / 2)] ?? Number.NaN
}

/** Takes a file and keeps none of it. Throws an Error where there is none, or where it breaks off. */
async function download(url: string, cookie: string): Promise<Download> {
  const start = performance.now()
  const response = await fetch(url, { headers: { Cookie: cookie } })
  if (!response.ok || !response.body) throw new Error(`export: ${response.status}`)
  let firstByteMs = Number.NaN
  let bytes = 0
  for await (const chunk of response.body) {
    if (bytes === 0) firstByteMs = performance.now() - start
    bytes += chunk.length
  }
  return { seconds: (performance.now() - start) / 1000, firstByteMs, megabytes: bytes / 1e6 }
}
