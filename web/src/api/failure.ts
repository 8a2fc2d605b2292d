import type { components } from './schema'

export type Problem = components['schemas']['Problem']
export type FieldProblem = components['schemas']['FieldProblem']
export type Changed = components['schemas']['Changed']

/** Why a request did not succeed, in words for the person: what, where, what to do. */
export class Failure extends Error {
  readonly status: number // 0 where no answer came
  readonly reason: string // stable key
  readonly fields: readonly FieldProblem[]
  readonly requestId: string
  readonly changed: Changed | null // what somebody else did meanwhile, where that is why
  readonly cause: unknown // what was thrown, where no answer came

  constructor(problem: Pick<Problem, 'status' | 'reason' | 'detail'> & Partial<Problem>, cause?: unknown) {
    super(problem.detail)
    this.cause = cause
    this.name = 'Failure'
    this.status = problem.status
    this.reason = problem.reason
    this.fields = problem.errors ?? []
    this.requestId = problem.requestId ?? ''
    this.changed = problem.changed ?? null
  }

  /** What is wrong at one place of the body, by JSON pointer such as /rows/0/name; '' where nothing is. */
  at(pointer: string): string {
    return this.fields
      .filter((field) => field.pointer === pointer)
      .map((field) => field.detail)
      .join('；')
  }

  /** The faults that stand at none of the given places, so that none is lost. */
  elsewhere(pointers: readonly string[]): FieldProblem[] {
    return this.fields.filter((field) => !pointers.includes(field.pointer))
  }
}

/** The failure behind whatever was thrown. What is no failure of a request is a fault of the page. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  if (thrown instanceof TypeError && /fetch|network|load failed/i.test(thrown.message)) {
    return new Failure(
      {
        status: 0,
        reason: 'network.unreachable',
        detail: '连不上服务器，请检查网络后重试；填写的内容还在页面上。',
      },
      thrown,
    )
  }
  return new Failure(
    { status: 0, reason: 'page.broken', detail: '页面出错了，请刷新后重试；仍不行时请联系系统管理员。' },
    thrown,
  )
}

/** The failure that an answer tells of, whether or not a problem document came with it. */
export function failureFrom(response: Response, body: unknown): Failure {
  if (isProblem(body)) return new Failure(body)
  return new Failure({
    status: response.status,
    reason: 'response.unreadable',
    detail: `服务器的答复无法识别（${response.status}），请稍后重试。`,
  })
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'reason' in body && 'detail' in body && 'status' in body
}
