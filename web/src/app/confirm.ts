import { shallowRef } from 'vue'

export interface Question {
  title: string
  text: string
  /** The words on the button that does it, such as 退回; never a bare 确定. */
  act: string
  danger?: boolean
  /** Asks for a reason, which the deed is given. */
  reason?: { label: string; hint?: string }
  /** What happens on yes. Where it fails, the dialog stays and says why. */
  deed?: (reason: string) => Promise<void>
}

interface Asked extends Question {
  answer: (yes: boolean) => void
}

/** The question that stands open now. */
export const asked = shallowRef<Asked | null>(null)

/** Asks before a deed that can't be taken back lightly. Resolves to whether it was done. */
export function confirm(question: Question): Promise<boolean> {
  asked.value?.answer(false)
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (yes) => {
        asked.value = null
        resolve(yes)
      },
    }
  })
}
