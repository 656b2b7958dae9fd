import type { Database } from '#src/database/client.ts'
import type { System } from '#src/system.ts'

export async function addDemo(_system: System, _database: Database): Promise<string[]> {
  return []
}
