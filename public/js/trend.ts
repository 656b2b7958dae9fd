/** A row of the table: its head, and what its cells say. */
export type TrendRow = { label: string; stock: string; in: string; out: string }

export type Trend = {
  /** Oldest first. */
  rows: TrendRow[]
  capacity: number | null
  low: number | null
}

/** Reads the server's own table, so that the chart can show nothing but what stands there. */
export function readTrend(figure: HTMLElement): Trend {
  const table = document.getElementById(figure.dataset.chart || '')
  const rows = table ? Array.from(table.querySelectorAll('tbody tr')) : []
  const read = (row: Element, selector: string) => {
    const cell = row.querySelector(selector)
    return cell?.textContent ? cell.textContent.trim() : ''
  }
  return {
    rows: rows.reverse().map((row) => ({
      label: read(row, 'th'),
      stock: read(row, '.c-close'),
      in: read(row, '.c-in'),
      out: read(row, '.c-out'),
    })),
    capacity: limitOf(figure.dataset.capacity),
    low: limitOf(figure.dataset.low),
  }
}

/** "−1.058,75" as 1058.75: for drawing only, where the sign is said by colour and shape. */
export const sizeOf = (litres: string): number =>
  Number(litres.replace(/[^\d,]/g, '').replace(',', '.'))

const limitOf = (decimal: string | undefined): number | null =>
  decimal === undefined ? null : Number(decimal)
