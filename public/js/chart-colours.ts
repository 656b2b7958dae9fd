export type Colours = {
  surface: string
  ink: string
  soft: string
  line: string
  stock: string
  in: string
  out: string
  low: string
}

/** The colours of the stylesheet as they are now, light or dark. */
export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    surface: token('--surface'),
    ink: token('--ink'),
    soft: token('--ink-soft'),
    line: token('--line'),
    stock: token('--accent'),
    in: token('--in'),
    out: token('--out'),
    low: token('--low-solid'),
  }
}
