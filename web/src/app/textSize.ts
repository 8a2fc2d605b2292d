import { ref, watchEffect } from 'vue'

const key = 'biaochi.text'

/** Whether the large letters (18 px) are on. */
export const large = ref(localStorage.getItem(key) === 'large')

watchEffect(() => {
  document.documentElement.classList.toggle('large', large.value)
  localStorage.setItem(key, large.value ? 'large' : 'standard')
})

export function switchTextSize(): void {
  large.value = !large.value
}
