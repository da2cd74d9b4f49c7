export const PLATFORM = 'slack';

/**
 * Limits of Slack in characters, elements and bytes (docs.slack.dev "Block Kit", "Views", "chat.*", and the comments of
 * `@slack/types` 3.2.0). Figures marked * are not documented by Slack; the cautious value is used.
 */
export const LIMITS = {
  message: { blocks: 50, text: 4_000 },
  /** Limits of modals and App Home. */
  view: { blocks: 100, bytes: 250_000, title: 24, submit: 24, close: 24, privateMetadata: 3_000 },
  header: 150,
  section: { text: 3_000 },
  context: { elements: 10, text: 3_000 },
  /** * Text of one rich_text block; the documents give no figure, so a section's is used. */
  richText: 3_000,
  actions: { elements: 25 },
  button: { text: 75, value: 2_000, url: 3_000, label: 75 },
  confirm: { title: 100, text: 300, button: 30 },
  id: 255,
  placeholder: 150,
  /** * Checkboxes and radio buttons take 10 options; sources give 75 or 150 characters for an option's value. */
  option: { text: 75, value: 75, checkboxes: 10, select: 100 },
  input: { label: 2_000, hint: 2_000, text: 3_000 },
  command: { name: 32, description: 2_000, hint: 1_000 },
  shortcut: { name: 24, description: 150 },
} as const;

/** Edits a minute for all incidents: tier 3 allows 50 (`MethodsRateLimits.java`, Slack's Java SDK), the rest is a reserve. */
export const EDITS_PER_MINUTE = 30;
