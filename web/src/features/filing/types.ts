import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type FilingRecord = Schemas['FilingRecord']
export type Filing = Schemas['Filing']
export type FilingForm = Schemas['FilingForm']
export type IndicatorTree = Schemas['IndicatorTree']
export type FormIndicator = Schemas['FormIndicator']
export type Finding = Schemas['Finding']
export type Remark = Schemas['Remark']
export type Difference = Schemas['Difference']
export type Changed = Schemas['Changed']
export type Action = Schemas['Action']
export type FundKind = Schemas['FundKind']
export type Source = Schemas['Source']
