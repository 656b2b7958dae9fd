export const DOCS_PATH = '/api/docs'
export const DOCUMENT_PATH = '/api/openapi.json'

/** A piece of what a value is; one that names a shape leads to it. */
export type Word = { text: string; shape?: string }

export type FieldRow = {
  name: string
  /** Of a parameter: where it stands in the request. */
  place?: string
  type: Word[]
  isRequired: boolean
  description: string
}

export type AnswerRow = { status: string; description: string; content: Word[] }

export type OperationView = {
  id: string
  method: string
  path: string
  summary: string
  description: string
  callers: string[]
  parameters: FieldRow[]
  body: Word[] | null
  answers: AnswerRow[]
  /** The codes by which it may refuse. */
  refusals: string[]
  command: string
}

export type Chapter = { name: string; description: string; operations: OperationView[] }

export type ShapeView = { name: string; description: string; fields: FieldRow[] }

export const REFUSALS_ID = 'penolakan'
export const shapeId = (name: string): string => `bentuk-${name}`
