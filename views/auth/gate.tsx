import type { Child } from 'hono/jsx'
import { CONTENT_ID } from '#views/ids.ts'
import { Brand } from '#views/ui/brand.tsx'

const TICKS = Array.from({ length: 41 }, (_, at) => at)

/** What stands before the depot, with nothing of it in sight. Goes into a Layout with `isGate`. */
export function Gate({ children }: { children: Child }) {
  return (
    <div class="gate">
      <header class="gate-plate">
        <Brand />
        <p class="gate-line">Setiap liter tercatat, masuk dan keluar.</p>
        <p>Buku stok solar depo.</p>
        <Tape />
      </header>
      <main class="gate-main" id={CONTENT_ID}>
        {children}
      </main>
    </div>
  )
}

/** The sounding tape as an ornament. */
function Tape() {
  return (
    <svg class="gate-tape" aria-hidden="true" focusable="false">
      <rect class="gauge-level" x="52" y="38%" width="12" height="62%" />
      {TICKS.map((at) => (
        <line
          class="gauge-tick"
          x1={at % 5 === 0 ? '18' : '34'}
          x2="48"
          y1={`${at * 2.5}%`}
          y2={`${at * 2.5}%`}
        />
      ))}
    </svg>
  )
}
