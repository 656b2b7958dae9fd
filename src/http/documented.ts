import type { z } from 'zod'
// For the types of `meta`.
import type {} from 'zod-openapi'

/**
 * The same schema, described in the document by words of its own: where it reads text and means a number, or checks by
 * code what the document can say in its own way. Must refuse nothing that the schema takes, but for blanks around it.
 */
export function documented<Schema extends z.ZodType>(
  schema: Schema,
  says: z.core.JSONSchema.BaseSchema & { description: string },
): Schema {
  return schema.meta({
    description: says.description,
    override: ({ jsonSchema }) => {
      for (const name of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, name)
      Object.assign(jsonSchema, says)
    },
  })
}
