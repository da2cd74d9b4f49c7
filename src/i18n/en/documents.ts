/** Evidence bundle, ready-to-paste texts, templates, guide, Art. 11 pack. */
export const documents = {
  'bundle.version': 'Entry',
  'bundle.at': 'Time (Beijing)',
  'bundle.who': 'Who',
  'bundle.what': 'What',

  'phone.opening':
    'Hello, this is {contact} of {unit}. I am making a {kind} of a network security incident, our number {number}. ',
  'phone.kind.initial': 'first report (首报)',
  'phone.kind.supplement': 'supplement (补报)',
  'phone.kind.follow_up': 'follow-up report (续报)',
  'phone.kind.summary': 'summary report on the handling (处置总结报告)',
  'phone.kind.correction': 'correction (更正)',
  'phone.kind.explanation': 'statement (情况说明)',
  'phone.in_writing': 'details in the written report.',
  'phone.closing': 'The written report follows. Our 24-hour phone is {phone}.',
  'phone.ask': 'Please tell me your name, your staff number and the number under which this was accepted.',

  'mail.subject': '{title} · {unit} · {number}',
  'mail.letter':
    'To {to}:\n\nOur unit files the {title} (number {number}); see the attachments. Please confirm receipt and tell us the number under which it was accepted.\n\n{unit}\nContact: {contact}\n24-hour phone: {phone}',

  'fax.title': 'Fax',
  'fax.to': 'To',
  'fax.number': 'Fax number',
  'fax.their_phone': 'Their phone',
  'fax.from': 'From',
  'fax.at': 'Date and time',
  'fax.pages': 'Pages (with this one)',
  'fax.subject': 'Subject',
  'fax.text':
    'Our unit reports as required; the report follows this page. Please fill in the lines below on receipt and fax this page back, or tell us by phone.',
  'fax.received_by': 'Received by',
  'fax.received_at': 'Received at',
  'fax.receipt': 'Accepted under number',

  'act.send': 'Ready to send',
  'send.title': 'Ready to send',
  'send.summary': '{kind}: {n} pieces to paste, and every way to send it',
  'send.drill': 'This is a drill: send nothing and call nobody.',
  'send.to': 'To {to}: {ways}',
  'send.no_contact': 'no contact is known; add the one agreed with it to the organisation profile',
  'send.own.phone': 'phone {value}',
  'send.own.email': 'e-mail {value}',
  'send.own.fax': 'fax {value}',
  'send.own.address': 'address {value}',
  'send.channel': '{name} {value}',
  'send.channel_unverified': '{name} {value} (rests on one source: check before sending)',
  'send.not_replaced':
    '12387 and its other channels belong to the cyberspace administration. Nothing in the Measures says that a report there replaces the report to {to}.',
  'send.paste':
    'For the web form, the mini program and the public account, in the order of the law. Copy piece by piece:',
  'send.piece': '{heading} · {n, plural, one {# character} other {# characters}}',
  'send.mail': 'E-mail to {to} (.eml)',
  'send.fax': 'Fax sheet for {to}',

  'anchor.title': 'Filed {at} through {channel} · {margin}',
  'anchor.text':
    'Anchor of the record, entry {version}: with this hash everybody can check that what was recorded until then was not changed since.',

  'sample.unit': 'Example unit',
  'sample.time': '1 January, 12:00',
  'sample.date': '1 January',
  'sample.signatory': 'Example signatory',
  'sample.contact': 'Example contact',
  'sample.note': 'Sample content, for looking at the layout only.',
} as const;
