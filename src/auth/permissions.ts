import type { KEY_SCOPES, ROLES } from '#src/database/schema/users.ts'

export type Role = (typeof ROLES)[number]

/** What a key of a program is good for: reading, or booking at one location. */
export type KeyScope = (typeof KEY_SCOPES)[number]

/** The person who asks, or the program. */
export type Actor = {
  id: number
  name: string
  email: string
  role: Role
  /** The one location of a clerk; null where the person works at all of them. */
  location: { id: number; code: string; name: string } | null
  /** Only where a program asks with its key: then its scope counts, whatever the role. */
  key?: KeyScope
}

/** A person by the role, or a program by the scope of its key. */
type Caller = Role | `key ${KeyScope}`

/** Who may use a route: anybody, or those listed. */
export type Permission = 'anyone' | readonly Caller[]

const everyRole = ['operasional', 'supervisor', 'admin'] as const
const bookkeepers = ['supervisor', 'admin'] as const
const admins = ['admin'] as const

/**
 * The one table of who may do what. The reach of a clerk, or of a key, to one location is held by `mayReach` and the
 * loaders.
 */
export const can = {
  signIn: 'anyone',
  checkHealth: 'anyone',
  useOwnSession: everyRole,
  viewStock: [...everyRole, 'key read'],
  recordUsage: [...everyRole, 'key book'],
  recordDelivery: [...bookkeepers, 'key book'],
  /** Clerks their own entries, for a day. */
  correctEntries: everyRole,
  correctAnyEntry: bookkeepers,
  recordOpening: bookkeepers,
  backdateFreely: bookkeepers,
  viewAudit: bookkeepers,
  /** Sign-ins, and who changed people, places and settings. */
  viewAdministration: admins,
  manageUsers: admins,
  manageKeys: admins,
  manageLocations: admins,
  importBooks: admins,
  manageSettings: admins,
  /** Whoever asks the API for anything, and those who write programs for it. */
  readApiDocs: [...everyRole, 'key read', 'key book'],
} as const satisfies Record<string, Permission>

/** What is open to anyone is for people on their way to a session: a key does nothing beyond its scope. */
export function isAllowed(permission: Permission, actor: Actor | null): boolean {
  if (permission === 'anyone') return actor?.key === undefined
  return actor !== null && permission.includes(callerOf(actor))
}

const callerOf = ({ key, role }: Actor): Caller => (key === undefined ? role : `key ${key}`)

/** Whether this person may see and name the location with this code. */
export function mayReach(actor: Actor, locationCode: string): boolean {
  return actor.role !== 'operasional' || actor.location?.code === locationCode
}

export const ROLE_LABELS: Record<Role, string> = {
  admin: 'Admin',
  supervisor: 'Supervisor',
  operasional: 'Operasional',
}
