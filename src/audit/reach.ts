import { inArray, ne, or, type SQL } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN } from '#src/audit/service.ts'
import { type Actor, can, isAllowed } from '#src/auth/permissions.ts'
import { systemLogs } from '#src/database/schema/audit.ts'

/** What the administration's chain holds of the books: files stand in it, since one may fill several locations. */
const CHANGES_OF_BOOKS = ['import.book', 'books.rebuild']

/** Whether this person sees sign-ins, and who changed people, places and settings. */
export const seesAdministration = (actor: Actor): boolean =>
  isAllowed(can.viewAdministration, actor)

/** The changes that this person may know of, as a condition; undefined where that is all of them. */
export function changesInReach(actor: Actor): SQL | undefined {
  if (seesAdministration(actor)) return undefined
  return or(
    ne(systemLogs.chain, ADMINISTRATION_CHAIN),
    inArray(systemLogs.action, CHANGES_OF_BOOKS),
  )
}
