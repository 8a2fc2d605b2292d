import config from './playwright.config'

/** Takes pictures of the pages, to be looked at: npm run pictures, then test-results/pictures. */
export default { ...config, projects: [{ name: 'pictures', testMatch: 'pictures.ts' }], timeout: 300_000 }
