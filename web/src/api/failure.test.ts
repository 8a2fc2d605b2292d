import { describe, expect, it } from 'vitest'
import { Failure, failureFrom, failureOf } from './failure'

const problem = {
  type: '/problems/invalid',
  title: '内容需要改正',
  status: 422,
  detail: '有两处需要改正',
  instance: '/api/accounts',
  reason: 'request.invalid',
  requestId: 'ABC',
  errors: [
    { in: 'body', pointer: '/name', code: 'required', detail: '请填写姓名' },
    { in: 'query', pointer: '/page', code: 'min', detail: '页码至少为 1' },
  ],
}

describe('failureFrom', () => {
  it('keeps what a problem document says', () => {
    const failure = failureFrom(new Response(null, { status: 422 }), problem)
    expect(failure.message).toBe('有两处需要改正')
    expect(failure.at('/name')).toBe('请填写姓名')
    expect(failure.at('/login')).toBe('')
    expect(failure.elsewhere(['/name']).map((field) => field.pointer)).toEqual(['/page'])
    expect(failure.requestId).toBe('ABC')
  })

  it('says so where the answer is no problem document', () => {
    const failure = failureFrom(new Response('<html>', { status: 502 }), undefined)
    expect(failure.status).toBe(502)
    expect(failure.reason).toBe('response.unreadable')
    expect(failure.message).toContain('502')
  })
})

describe('failureOf', () => {
  it('tells a lost connection from a fault of the page', () => {
    expect(failureOf(new TypeError('Failed to fetch')).reason).toBe('network.unreachable')
    expect(failureOf(new TypeError('x is undefined')).reason).toBe('page.broken')
  })

  it('gives a failure back as it is', () => {
    const failure = new Failure({ status: 409, reason: 'version.conflict', detail: '别人刚改过' })
    expect(failureOf(failure)).toBe(failure)
  })
})
