import { expect, test } from 'vitest'
import { messageAtCell } from './notes'

test.each([
  ['项目“社团”的申报表没有填写“年度目标”；请补填。', '没有填写“年度目标”；请补填。'],
  ['项目“社团”第 1 行年度指标“社团课”没有填写指标值；请补填。', '没有填写指标值；请补填。'],
  ['项目“社团”第 5 行年度指标“成本”的指标值“≤9元”大于年度资金。', '指标值“≤9元”大于年度资金。'],
  ['项目“社团”', '项目“社团”'],
  ['支出合计与明细不等，请核对。', '支出合计与明细不等，请核对。'],
])('%s is read at its cell as what is wrong there', (message, shown) => {
  expect(messageAtCell(message)).toBe(shown)
})
