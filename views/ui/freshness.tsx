import { FRESHNESS_ID } from '#views/ids.ts'

export type FreshnessProps = {
  /** What the server knew when it made the page. */
  version: string
  /** Where the page is asked for again. */
  href: string
  /** The ids of what may be replaced while somebody is at work on the page: no forms. */
  parts: readonly string[]
}

/** Tells the browser's script that this page may be asked whether it is still fresh, and what to replace where it is not. */
export function Freshness({ version, href, parts }: FreshnessProps) {
  return (
    <span
      id={FRESHNESS_ID}
      hidden
      data-version={version}
      data-href={href}
      data-parts={parts.join(' ')}
    />
  )
}
