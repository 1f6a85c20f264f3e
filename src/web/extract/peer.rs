//! Where a request comes from.

use std::{net::IpAddr, str::FromStr};

use actix_web::HttpRequest;

/// Proxies whose `X-Forwarded-For` is believed: addresses or networks, as declared by the operator. From anybody else the header means nothing.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<(IpAddr, u8)>);

impl FromStr for TrustedProxies {
    type Err = String;

    /// Addresses and CIDR networks, apart by commas.
    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(network).collect::<Result<_, _>>().map(Self)
    }
}

fn network(text: &str) -> Result<(IpAddr, u8), String> {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let address: IpAddr = address.parse().map_err(|_| format!("{text} is neither an address nor a network"))?;
    let widest = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.map_or(Ok(widest), str::parse).map_err(|_| format!("{text} is not a network"))?;
    if prefix > widest { Err(format!("{text} is not a network")) } else { Ok((address, prefix)) }
}

impl TrustedProxies {
    /// Is nobody trusted?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|(network, prefix)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => shared(u32::from(*network).into(), u32::from(address).into(), 32, *prefix),
            (IpAddr::V6(network), IpAddr::V6(address)) => shared((*network).into(), address.into(), 128, *prefix),
            _ => false,
        })
    }
}

fn shared(one: u128, other: u128, width: u8, prefix: u8) -> bool {
    let shift = u32::from(width - prefix);
    one.checked_shr(shift).unwrap_or(0) == other.checked_shr(shift).unwrap_or(0)
}

/// The address of whoever asks: the nearest one that no trusted proxy has.
#[must_use]
pub fn peer(request: &HttpRequest, proxies: &TrustedProxies) -> Option<IpAddr> {
    let direct = request.peer_addr()?.ip().to_canonical();
    if !proxies.trusts(direct) {
        return Some(direct);
    }
    let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    let hops = forwarded.rsplit(',').map(|hop| hop.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical()));
    let mut nearest = direct;
    for hop in hops {
        let Some(address) = hop else { return Some(nearest) };
        nearest = address;
        if !proxies.trusts(address) {
            break;
        }
    }
    Some(nearest)
}
