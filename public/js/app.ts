import './polyfills.ts'
import 'htmx.org'
import { followLocation } from './consumer-choices.ts'
import { sayDatesInWords } from './dates-in-words.ts'
import { moveFocus } from './focus.ts'
import { echoTypedLitres } from './litre-echo.ts'
import {
  dropEmptyFilters,
  freeButtonsOnReturn,
  ignoreSecondPresses,
  reportTrouble,
} from './requests.ts'

echoTypedLitres()
followLocation()
sayDatesInWords()
moveFocus()
reportTrouble()
dropEmptyFilters()
freeButtonsOnReturn()
ignoreSecondPresses()
