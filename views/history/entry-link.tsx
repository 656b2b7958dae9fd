import { HISTORY_PATH } from '#views/history/filter.ts'

export const EntryLink = ({ id }: { id: number }) => (
  <a href={`${HISTORY_PATH}/${id}`}>Catatan nomor {id}</a>
)
