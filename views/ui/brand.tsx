import { drawnOnce } from '#views/ui/drawn-once.tsx'

/** In the bar it leads home; at the gate it stands alone. */
const MOST = 2

export const Brand = drawnOnce(MOST, ({ href }: { href?: string }) => {
  const inside = (
    <>
      <svg viewBox="0 0 28 28" aria-hidden="true" focusable="false">
        <rect class="logo-body" width="28" height="28" rx="3" />
        <path class="logo-level" d="M0 14h28v11a3 3 0 0 1-3 3H3a3 3 0 0 1-3-3z" />
        <path class="logo-mark" d="M0 14h28M19 6h9M22 10h6M22 18h6M19 22h9" />
      </svg>
      <span>Monitoring BBM</span>
    </>
  )
  return href === undefined ? (
    <p class="brand">{inside}</p>
  ) : (
    <a class="brand" href={href}>
      {inside}
    </a>
  )
})
