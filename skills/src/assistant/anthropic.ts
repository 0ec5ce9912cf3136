/** Where Anthropic's Messages API is, and what is asked there unless people choose. */
export const ANTHROPIC = {
  server: 'https://api.anthropic.com',
  model: 'claude-sonnet-5-5',
  /** Tokens that an answer may have. */
  maxTokens: 8000
} as const;
