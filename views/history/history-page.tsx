import { HistoryTable, type HistoryTableProps } from '#views/history/history-table.tsx'

export type HistoryPageProps = HistoryTableProps

/** The whole of it changes with the filter, so page and fragment share one root. */
export function HistoryPage(props: HistoryPageProps) {
  return <HistoryTable {...props} />
}
