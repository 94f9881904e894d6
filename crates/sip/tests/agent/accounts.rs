//! What an account may be, and what is said about one that cannot work.

use ringdock_sip::{Account, Agent, DialError, Output, Time};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{World, account, entropy};

fn url_of(server: &str) -> Result<String, String> {
    let account = Account { servers: vec![server.into()], ..account() };
    let mut agent = Agent::new(account, entropy(1)).map_err(|error| error.to_string())?;
    agent.start(Time::default());
    loop {
        if let Output::Connect { url } = agent.poll_output().expect("a connection") {
            return Ok(url);
        }
    }
}

#[test]
fn a_host_alone_is_enough() {
    assert_eq!(url_of("pbx.test").as_deref(), Ok("wss://pbx.test:8089/ws"));
    assert_eq!(url_of(" pbx.test:7443 ").as_deref(), Ok("wss://pbx.test:7443/ws"));
    assert_eq!(url_of("[2001:db8::1]").as_deref(), Ok("wss://[2001:db8::1]:8089/ws"));
}

#[test]
fn a_whole_url_is_used_as_it_is() {
    assert_eq!(url_of("wss://pbx.test/sip?x=1").as_deref(), Ok("wss://pbx.test/sip?x=1"));
    assert_eq!(url_of("WSS://pbx.test:443/").as_deref(), Ok("wss://pbx.test:443/"));
}

#[test]
fn sound_in_the_clear_stays_on_this_computer() {
    for server in
        ["ws://127.0.0.1:8088/ws", "ws://[::1]/ws", "ws://localhost:8088/ws", "ws://127.9.9.9/"]
    {
        assert_eq!(url_of(server).as_deref(), Ok(server));
    }
    for server in ["ws://pbx.test/ws", "ws://10.0.0.1/ws", "ws://localhost.example.com/ws"] {
        assert!(url_of(server).is_err_and(|error| error.contains("wss://")), "{server}");
    }
}

#[test]
fn a_server_that_cannot_be_is_refused_with_a_sentence() {
    let servers = [
        "",
        "https://pbx.test/ws",
        "sip:pbx.test",
        "wss://",
        "wss://pbx.test/ws#part",
        "wss://user:pass@pbx.test/ws",
        "wss://pbx test/ws",
        "pbx.test/ws",
        "wss://pbx.test:99999/ws",
        "-pbx",
        "a..b",
    ];
    for server in servers {
        let error = url_of(server).expect_err(server);
        assert!(error.starts_with("The server") && error.ends_with('.'), "{server}: {error}");
    }
}

#[test]
fn an_identity_that_cannot_be_is_refused_with_a_sentence() {
    for identity in
        ["", "1001", "@pbx.test", "1001@", "1001@pbx test", "sip:", "10 01@pbx.test", "a@b@c"]
    {
        let account = Account { identity: identity.to_owned(), ..account() };
        let error = Agent::new(account, entropy(1)).err().expect(identity).to_string();
        assert!(error.starts_with("The identity") && error.ends_with('.'), "{identity}: {error}");
    }
}

#[test]
fn the_scheme_of_the_identity_may_be_left_out_or_not() {
    for identity in ["1001@pbx.test", "sip:1001@pbx.test", "SIP:1001@PBX.test"] {
        let mut world = World::with_account(Account { identity: identity.to_owned(), ..account() });
        world.start();
        let register = world.confirm_registration();
        assert_eq!(register.to().uri.as_str(), "sip:1001@pbx.test");
    }
}

#[test]
fn a_user_with_odd_characters_is_escaped() {
    let mut world =
        World::with_account(Account { identity: "*9#1@pbx.test".to_owned(), ..account() });
    world.start();
    let register = world.confirm_registration();
    assert_eq!(register.to().uri.as_str(), "sip:*9%231@pbx.test");
}

#[test]
fn the_password_is_in_no_debug_output() {
    let shown = format!("{:?}", account());
    assert!(shown.contains("1001@pbx.test") && !shown.contains("secret"), "{shown}");
}

#[test]
fn what_cannot_be_dialled_is_said() {
    let mut world = World::new();
    let dial =
        |agent: &mut Agent, now| (agent.dial(now, "<script>", None), agent.dial(now, "600", None));
    let (bad, early) = world.with(dial);
    assert_eq!(bad, Err(DialError::BadTarget));
    assert_eq!(early, Err(DialError::NotRegistered));

    let mut world = World::registered();
    let (_, invite) = world.dial("*21#");
    assert_eq!(invite.uri().as_str(), "sip:*21%23@pbx.test");
    assert_eq!(world.with(|agent, now| agent.dial(now, "601", None)), Err(DialError::InCall));
    for error in [DialError::BadTarget, DialError::NotRegistered, DialError::InCall] {
        assert!(error.to_string().ends_with('.'));
    }
}
