//! An answer under way ends with the session, the key or the right that it was asked by.

use super::{bring_in, found, links, opened};
use crate::users::{bounds::reach_everything, key};
use server::archive::import::Offer;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use vaktbok_tests::{Http, Portal, Somebody, Tenant, both_engines};

/// More than fits into what lies between two ends of a connection.
const SOUND_BYTES: u32 = 8_000_000;

/// A long call: 8 kHz, mono, sixteen bits, silence.
fn long_call() -> Vec<u8> {
    let mut wave = b"RIFF".to_vec();
    wave.extend((36 + SOUND_BYTES).to_le_bytes());
    wave.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data");
    wave.extend(SOUND_BYTES.to_le_bytes());
    wave.resize(wave.len() + SOUND_BYTES as usize, 0);
    let call = serde_json::json!({
        "vcon": "0.0.1", "uuid": "01928e10-193e-8231-b9a2-279e0d16bc46", "created_at": "2026-03-02T09:15:01+01:00",
        "subject": "A long call", "parties": [{ "name": "Åsa" }, { "name": "Bo", "tel": "+46701740612" }],
        "dialog": [{
            "type": "recording", "start": "2026-03-02T09:14:01+01:00", "duration": 1000, "parties": [1, 0],
            "mimetype": "audio/wav", "encoding": "base64url", "body": data_encoding::BASE64URL_NOPAD.encode(&wave),
        }],
    });
    call.to_string().into_bytes()
}

/// A transfer of which only the beginning was read.
struct UnderWay(TcpStream);

impl UnderWay {
    async fn begin(portal: &Portal, path: &str, header: &str) -> Self {
        let mut stream = TcpStream::connect(portal.address()).await.unwrap();
        let asked =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{header}\r\nconnection: close\r\n\r\n");
        stream.write_all(asked.as_bytes()).await.unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
        Self(stream)
    }
    /// How many bytes came after all, a moment later.
    async fn rest(mut self) -> usize {
        tokio::time::sleep(Duration::from_millis(700)).await;
        let mut rest = Vec::new();
        // Broken off, it may end with an error as well as without.
        let _ = self.0.read_to_end(&mut rest).await;
        rest.len()
    }
    async fn came_whole(self) -> bool {
        self.rest().await > SOUND_BYTES as usize
    }
}

fn cookie(http: &Http) -> String {
    format!("cookie: __Host-vaktbok={}", http.cookie("__Host-vaktbok").unwrap())
}

/// Somebody who may hear everything, at an opened call: the address of its sound.
async fn listener(portal: &Portal, tenant: &Tenant, name: &str) -> (Somebody, Http, String) {
    let may = ["archive.view", "archive.content"];
    let somebody = portal.person(tenant, tenant.agents, name, &may).await;
    reach_everything(portal, tenant, &somebody).await;
    let http = portal.sign_in(&somebody).await;
    let call = found(&http, "", "A long call").await;
    let page = opened(&http, call, "").await;
    let sound = links(&page, &format!("/archive/{call}/openings/")).remove(0);
    (somebody, http, sound)
}

both_engines! {
    async fn s19_a_transfer_under_way_ends_with_its_session_its_right_or_its_key_and_no_other_does(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        assert_eq!(bring_in(&portal, &tenant, Offer::held(&[("long.vcon.json", &long_call())])).await.imported, 1);
        let admin = portal.sign_in(&tenant.administrator).await;
        let (anna, http, sound) = listener(&portal, &tenant, "anna").await;
        let ended = UnderWay::begin(&portal, &sound, &cookie(&http)).await;
        admin.post(&format!("/users/{}/sessions/end", anna.user)).form(&[("reason", "left")]).send().await.expect(303);
        let (bert, http, sound) = listener(&portal, &tenant, "bert").await;
        let demoted = UnderWay::begin(&portal, &sound, &cookie(&http)).await;
        let refuse = [("step", "save"), ("value", "false"), ("mode", "free")];
        admin.post(&format!("/users/{}/settings/archive.content", bert.user)).form(&refuse).send().await.expect(303);
        let (_, http, sound) = listener(&portal, &tenant, "cia").await;
        let going_on = UnderWay::begin(&portal, &sound, &cookie(&http)).await;
        let (service, secret) = key(&portal, &tenant, &["archive.view", "archive.content"]).await;
        let service = Somebody { user: service, ..tenant.administrator.clone() };
        reach_everything(&portal, &tenant, &service).await;
        let api = portal.http();
        let call = format!("/api/v1/interactions/{}", sound.split('/').nth(2).unwrap());
        let made = api.post(&format!("{call}/openings")).key(&secret).send().await.expect(201).json();
        let content = sound.rsplit('/').next().unwrap();
        let sound = format!("{call}/openings/{}/{content}", made["opening"].as_str().unwrap());
        let keyed = UnderWay::begin(&portal, &sound, &format!("authorization: Bearer {secret}")).await;
        admin.post(&format!("/users/{}/deactivate", service.user)).form(&[("reason", "left")]).send().await.expect(303);
        for (what, transfer) in [("session", ended), ("right", demoted), ("key", keyed)] {
            assert!(!transfer.came_whole().await, "{what}");
        }
        assert!(going_on.came_whole().await, "whose session, right and key are untouched");
    }
}
