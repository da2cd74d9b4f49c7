/** What only WeCom needs to be said. */
export const wecom = {
  'wecom.refresh': 'Refresh',
  'wecom.choose': 'Choose',
  'wecom.which_row': 'Choose one',
  'wecom.short.add_information': 'Add info',
  'wecom.short.add_task': 'Add task',
  'wecom.short.another_level': 'Level…',
  'wecom.short.answer_questions': 'Answer',
  'wecom.short.answers': 'Answers',
  'wecom.short.ask_approval': 'Approval',
  'wecom.short.assessment': 'Assess',
  'wecom.short.compile': 'Draft',
  'wecom.short.confirm_level': 'Confirm',
  'wecom.short.docx': 'DOCX',
  'wecom.short.end_handling': 'Ended…',
  'wecom.short.english': 'English',
  'wecom.short.file': 'File…',
  'wecom.short.file_unapproved': 'Unapproved',
  'wecom.short.first_report_now': 'Report now',
  'wecom.short.internal': 'Internal',
  'wecom.short.leave_chat': 'Leave chat',
  'wecom.short.phone_report': 'By phone…',
  'wecom.short.read_exactly': 'Read',
  'wecom.short.request': 'Request…',
  'wecom.short.script': 'Script',
  'wecom.short.send': 'To send',
  'wecom.short.snooze': 'Snooze',
  'wecom.short.stop_secret': 'Secret',
  'wecom.short.take_lead': 'Lead',
  'wecom.short.wording': 'Wording…',

  'wecom.nothing': 'Nothing here yet',

  'wecom.welcome_title': 'Jishi: incident reports',
  'wecom.welcome':
    'Send “new TITLE” to declare an incident and start its clock. In groups, @ me first: I cannot see anything else. Only people who wrote to me can be reminded directly.',
  'wecom.new': 'New',
  'wecom.list': 'List',
  'wecom.help': 'Help',
  'wecom.hello': 'Hello. From now on reminders can reach you directly.',

  'wecom.answered': '{by} at {at}: {what}',
  'wecom.current': 'Question',
  'wecom.old_card': 'This card is out of date. Send “status” for the current one.',
  'wecom.choose_first': 'Tick at least one answer first.',
  'wecom.choose_alone': '“{option}” cannot be combined with other answers. Please choose again.',
  'wecom.not_that_row': 'The chosen line does not offer this. Please choose another.',
  'wecom.failed': 'Something went wrong while handling this. It was kept for the operator; please try once more.',
  'wecom.private': 'This is not shown in the group. Please ask me in a direct message.',

  'wecom.form_one': 'Just reply with the text (in a group, @ me):',
  'wecom.form_lines':
    'Reply line by line as “name: text” (in a group, @ me); copy the lines below and change them. Lines you leave out stay as they are; options go by number:',
  'wecom.form_wrong': 'Still to correct:',

  'wecom.reached': '{name}: can be reminded directly',
  'wecom.unreached': '{name}: cannot be reminded directly until they send me “hello”',
  'wecom.unreachable':
    '{name} cannot be reminded directly (never wrote to the bot). Ask them to send me “hello”, or assign somebody else; until then reminders go to the group.',

  'wecom.file_kept': 'Kept as evidence: {name}',
  'wecom.file_size': 'The file is larger than 50 MB and was not kept. Upload it in the console or send it in parts.',
  'wecom.file_gone': 'The file could not be fetched (its link lasts five minutes). Please send it again. {name}',
  'wecom.file_where': 'Which incident does this belong to? Send “bind INC-…” first, then the file again.',

  'wecom.countdown_over': 'The running countdown ends here. Send “countdown” to go on; reminders come anyway.',
  'wecom.connect.create':
    'Step 1 of 3. In WeCom create a smart bot (智能机器人), choose API mode (API模式) → long connection (使用长连接), copy Bot ID and Secret.\nLet a super administrator create it: otherwise the bot sees encrypted account ids only. Stop a running bot first: each bot has one connection.\n\nStep 2. Enter them',
  'wecom.connect.works': '  ✓ WeCom takes the connection',
  'wecom.connect.odd': '  ✗ There are characters that do not belong there. Copy it again.',
  'wecom.connect.refused': '  ✗ WeCom does not take this Bot ID with this Secret. Copy both again.',
  'wecom.connect.unreached':
    '  ✗ No connection ({detail}). This machine must reach openws.work.weixin.qq.com:443; set HTTPS_PROXY if there is a proxy.',
  'wecom.connect.stopped': 'Stopped; nothing was written. Run `npx jishi connect wecom` again.',
  'wecom.connect.not_written':
    '{file} cannot be written ({code}). Make it writable, or set WECOM_BOT_ID and WECOM_BOT_SECRET in the environment yourself.',
  'wecom.connect.written': '  ✓ written to {file}, readable by you only',
  'wecom.connect.shadowed': '  · {name} is also set in the environment, which wins over {file}: unset it there.',
  'wecom.connect.next':
    '\nStep 3. npm start\n\nAdd the bot to a group and write “@bot new TITLE”; each person writes “hello” to the bot once, so that reminders can reach them. `npx jishi doctor` checks all of this again.',
  'wecom.liveness':
    'Monthly check: the incident bot is working. Please reply with anything, so that it is not suspended for lack of use.',
} as const;
