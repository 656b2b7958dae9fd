import type { Child } from 'hono/jsx'
import { STATUS_ID } from '#views/ids.ts'

/** What was just done, sent along with the answer to a write: fills the permanent status line of the page. */
export function StatusLine({ children }: { children: Child }) {
  return <div hx-swap-oob={`innerHTML:#${STATUS_ID}`}>{children}</div>
}
