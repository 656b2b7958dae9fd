import { recentOnly } from '#src/recent.ts'

/** Texts that are worth drawing once for many: the latest of each key. */
export type Drawings = { find(key: string, asked: Asked): Promise<string> }

/** What is asked for: a text that tells of so many changes at least, and how it is drawn. */
export type Asked = { changes: number; draw: () => Promise<string> }

type Drawing = {
  changes: number
  text: Promise<string>
  begunAt: number
  isDone: boolean
  next: Next | null
}
type Next = Asked & { text: Promise<string> }

/**
 * However many ask while others write, a text is drawn once at a time: whoever asks for something newer than what is
 * being drawn waits for the next drawing. That one begins after all who wait for it came, so that each of them sees
 * whatever was booked before they asked. Two drawings of a text begin `restMs` milliseconds apart at least, or those
 * who read would leave nothing for those who write. A drawing that failed fails those who waited for it, and is not kept.
 */
export function openDrawings({ most, restMs }: { most: number; restMs: number }): Drawings {
  const latest = recentOnly<Drawing>(most)

  function begin(key: string, { changes, draw }: Asked): Promise<string> {
    const drawing: Drawing = {
      changes,
      text: draw(),
      begunAt: performance.now(),
      isDone: false,
      next: null,
    }
    latest.set(key, drawing)
    const end = () => {
      drawing.isDone = true
    }
    drawing.text.then(end, () => {
      end()
      if (latest.get(key) === drawing) latest.delete(key)
    })
    return drawing.text
  }

  function waitForNext(key: string, drawing: Drawing, asked: Asked): Promise<string> {
    if (drawing.next) {
      if (asked.changes > drawing.next.changes) Object.assign(drawing.next, asked)
      return drawing.next.text
    }
    const beginNext = () => begin(key, next)
    const rest = drawing.begunAt + restMs - performance.now()
    const isOver = Promise.allSettled([drawing.text, rest > 0 ? Bun.sleep(rest) : null])
    const next: Next = { ...asked, text: isOver.then(beginNext) }
    drawing.next = next
    return next.text
  }

  return {
    async find(key, asked) {
      const drawing = latest.get(key)
      if (!drawing) return begin(key, asked)
      if (drawing.changes >= asked.changes) return drawing.text
      const isFree = drawing.isDone && performance.now() >= drawing.begunAt + restMs
      return isFree ? begin(key, asked) : waitForNext(key, drawing, asked)
    },
  }
}
