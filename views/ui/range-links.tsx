export type RangeLink = { label: string; href: string; isCurrent: boolean }

/** The ranges people ask for most, one click each. */
export function RangeLinks({ ranges }: { ranges: RangeLink[] }) {
  return (
    <nav class="ranges" aria-label="Rentang cepat">
      {ranges.map(({ label, href, isCurrent }) => (
        <>
          <a href={href} hx-get={href} aria-current={isCurrent ? 'true' : undefined}>
            {label}
          </a>{' '}
        </>
      ))}
    </nav>
  )
}
