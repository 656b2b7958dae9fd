/** Ids that routes, views, the browser's script and tests share. */
export const STATUS_ID = 'status'
export const HISTORY_ID = 'history'
export const LAST_ENTRIES_ID = 'last'
export const CHOSEN_ID = 'chosen'
export const BALANCE_ID = 'balance'
export const BALANCE_DAY_ID = 'balance-day'
export const CONTENT_ID = 'isi'

export const entryRowId = (entryId: number): string => `entry-${entryId}`
export const balanceId = (locationCode: string): string => `balance-${locationCode}`
