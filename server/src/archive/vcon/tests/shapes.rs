//! The shapes of vCon that are met, each in small.

use super::*;
use crate::archive::hashing::Algorithm;
use std::time::Duration;

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

fn chat() -> Value {
    let mut file = call();
    file["dialog"] = json!([
        {"type": "text", "start": "2026-03-06T15:30:00+01:00", "parties": [0], "originator": 0,
         "mimetype": "text/plain", "body": "Hej, vad kan jag hjälpa dig med?"},
        {"type": "text", "start": "2026-03-06T15:31:10+01:00", "parties": [1], "body": "Jag vill ändra min adress."},
    ]);
    file
}

fn transcript_of(body: Value) -> Vec<Line> {
    let mut file = call();
    file["analysis"] = json!([{"type": "transcript", "dialog": 0, "body": body}]);
    read(&file).unwrap().transcript
}

#[test]
fn a_call_is_read_with_its_people_and_times() {
    let call = read(&call()).unwrap();
    assert_eq!(call.medium, Medium::Call);
    assert_eq!(call.started, at("2026-03-06T14:30:00Z"));
    assert_eq!(call.ended, at("2026-03-06T14:30:30.5Z"));
    assert_eq!(call.parties[0].role, Role::Agent);
    assert_eq!(call.parties[0].mailto.as_deref(), Some("asa.oberg@norrsken.example"));
    assert_eq!(call.parties[1].tel.as_deref(), Some("+46700000002"));
    assert_eq!(call.recordings[0].source, Source::Beside("a.mp3".into()));
    assert_eq!(call.recordings[0].parties, [1, 0]);
}

#[test]
fn a_time_without_zone_is_utc() {
    let call = read(&with("/dialog/0/start", json!("2024-05-03T20:47:02.954107"))).unwrap();
    assert_eq!(call.started, at("2024-05-03T20:47:02.954107Z"));
}

#[test]
fn a_chat_is_read_message_by_message() {
    let chat = read(&chat()).unwrap();
    assert_eq!(chat.medium, Medium::Chat);
    assert_eq!(chat.messages.len(), 2);
    assert_eq!(chat.messages[1].party, Some(1));
    assert_eq!(chat.messages[1].text, "Jag vill ändra min adress.");
    assert_eq!(chat.ended, at("2026-03-06T14:31:10Z"));
}

#[test]
fn a_message_in_base64_is_decoded() {
    let mut file = chat();
    file["dialog"][0]["encoding"] = json!("base64url");
    file["dialog"][0]["body"] = json!("SMOkbGxv");
    assert_eq!(read(&file).unwrap().messages[0].text, "Hällo");
}

#[test]
fn a_mail_is_told_from_a_chat() {
    let mut file = chat();
    file["dialog"][0]["mimetype"] = json!("message/rfc822");
    assert_eq!(read(&file).unwrap().medium, Medium::Email);
}

#[test]
fn a_recording_inside_the_file_is_decoded() {
    let mut file = call();
    file["dialog"][0]["body"] = json!("UklGRg");
    file["dialog"][0]["encoding"] = json!("base64url");
    assert_eq!(read(&file).unwrap().recordings[0].source, Source::Inline((*b"RIFF").into()));
}

#[test]
fn an_empty_body_leaves_the_recording_beside_the_file() {
    let mut file = call();
    file["dialog"][0]["body"] = json!("");
    assert_eq!(read(&file).unwrap().recordings[0].source, Source::Beside("a.mp3".into()));
}

#[test]
fn a_recording_elsewhere_is_named_and_not_fetched() {
    let mut file = call();
    file["dialog"][0]["filename"] = json!("");
    file["dialog"][0]["url"] = json!("https://media.example/a.mp3");
    let elsewhere = Source::Elsewhere("https://media.example/a.mp3".into());
    assert_eq!(read(&file).unwrap().recordings[0].source, elsewhere);
    file["dialog"][0]["url"] = Value::Null;
    assert_eq!(read(&file).unwrap().recordings[0].source, Source::Missing);
}

#[test]
fn the_hash_of_either_draft_is_taken() {
    let digest = "A".repeat(86);
    let mut file = with("/dialog/0/signature", json!(digest));
    let claim = |file: &Value| read(file).unwrap().recordings[0].claim.clone().unwrap().unwrap();
    assert_eq!(claim(&file).algorithm(), Algorithm::Sha512);
    file["dialog"][0]["signature"] = Value::Null;
    file["dialog"][0]["content_hash"] = json!(["md5-AAAA", format!("sha512-{digest}")]);
    assert_eq!(claim(&file).algorithm(), Algorithm::Sha512);
}

#[test]
fn later_names_of_fields_are_taken() {
    let mut file = call();
    file["dialog"][0]["mimetype"] = Value::Null;
    file["dialog"][0]["mediatype"] = json!("audio/x-wav");
    file["dialog"][0]["meta"] = json!({"direction": "in"});
    file["parties"][1] = json!({"email": "karin@kund.example", "meta": {"role": "customer"}});
    let call = read(&file).unwrap();
    assert_eq!(call.recordings[0].mimetype.as_deref(), Some("audio/x-wav"));
    assert_eq!(call.direction, Some(Direction::In));
    assert_eq!(call.parties[1].role, Role::Customer);
    assert_eq!(call.parties[1].mailto.as_deref(), Some("karin@kund.example"));
}

#[test]
fn a_transcript_of_speakers_finds_the_parties() {
    let lines = transcript_of(json!([
        {"speaker": "Agent", "message": "Välkommen till Norrsken."},
        {"speaker": "karin ek", "message": "Hej!"},
        {"speaker": "Stranger", "message": "…"},
    ]));
    let parties: Vec<_> = lines.iter().map(|line| line.party).collect();
    assert_eq!(parties, [Some(0), Some(1), None]);
    assert_eq!(lines[2].speaker.as_deref(), Some("Stranger"));
}

#[test]
fn a_transcript_with_times_keeps_them() {
    let lines = transcript_of(json!({"segments": [
        {"speaker": 0, "start": 1.25, "end": 3.4, "text": "Ett"},
        {"party": 1, "start": 4, "duration": 0.5, "text": "Två"},
    ]}));
    assert_eq!(lines[0].from, Some(Duration::from_millis(1250)));
    assert_eq!(lines[0].until, Some(Duration::from_millis(3400)));
    assert_eq!(lines[1].party, Some(1));
    assert_eq!(lines[1].until, Some(Duration::from_millis(4500)));
}

#[test]
fn a_transcript_of_one_text_becomes_lines() {
    let text = "Agent: Hello there.\n\nNote: this is a colon.\n\nBye.";
    for body in [json!(text), json!({"transcript": text, "confidence": 0.99})] {
        let lines = transcript_of(body);
        let texts: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["Hello there.", "Note: this is a colon.", "Bye."]);
        assert_eq!(lines[0].party, Some(0));
    }
}

#[test]
fn a_transcript_that_is_json_in_a_text_is_read() {
    let inner = json!([{"speaker": "Agent", "text": "Hej"}]).to_string();
    assert_eq!(transcript_of(json!(inner))[0].text, "Hej");
    assert_eq!(transcript_of(json!("[inaudible] yes"))[0].text, "[inaudible] yes");
}

#[test]
fn the_fullest_of_several_transcripts_is_taken() {
    let mut file = call();
    file["analysis"] = json!([
        {"type": "transcript", "body": "one\n\ntwo\n\nthree"},
        {"type": "diarized", "body": [{"speaker": "Agent", "text": "with a speaker"}]},
        {"type": "summary", "body": "A short call."},
    ]);
    let call = read(&file).unwrap();
    assert_eq!(call.transcript.len(), 1);
    assert_eq!(call.summary.as_deref(), Some("A short call."));
}

#[test]
fn a_call_without_its_recording_is_still_a_call() {
    let mut file = call();
    file["dialog"] = json!([{"type": "text", "start": "2026-03-06T15:30:00Z", "parties": [0, 1]}]);
    file["analysis"] = json!([{"type": "transcript", "body": {"transcript": "Hello.\n\nHi."}}]);
    let call = read(&file).unwrap();
    assert_eq!((call.medium, call.messages.len(), call.transcript.len()), (Medium::Call, 0, 2));
}

#[test]
fn attachments_are_decoded_by_their_encoding() {
    let mut file = call();
    file["attachments"] = json!([
        {"type": "form", "body": {"a": 1}, "encoding": "none"},
        {"purpose": "letter", "mediatype": "application/pdf", "filename": "brev.pdf", "encoding": "base64url",
         "body": "JVBERg"},
        {"body": "a note"},
    ]);
    let attached = read(&file).unwrap().attachments;
    assert_eq!(attached[0].bytes.as_ref(), br#"{"a":1}"#);
    assert_eq!(attached[0].mimetype, "application/json");
    assert_eq!(
        (attached[1].bytes.as_ref(), attached[1].mimetype.as_str()),
        (&b"%PDF"[..], "application/pdf")
    );
    assert_eq!(attached[1].filename.as_deref(), Some("brev.pdf"));
    assert_eq!(attached[2].mimetype, "text/plain");
}
